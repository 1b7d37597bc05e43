package io.opsflow.queryside.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.fixture.TaskEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class TaskLogTest {

    private static final String TASK = TaskEvents.id(1);

    private final DriverManagerDataSource database = new DriverManagerDataSource(Servers.newDatabase());
    private final AtomicInteger statements = new AtomicInteger();

    /** An event, and the number of the statement that read it. */
    private record Read(long sequence, int statement) {}

    @Test
    void largeEventsComeInPortionsThatFitIntoMemory() {
        aLifeOf(11, TaskLog.BYTES_A_PORTION / 4);

        assertThat(read()).extracting(Read::statement).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3);
    }

    @Test
    void oneThatIsLargerThanAPortionComesAlone() {
        aLifeOf(2, TaskLog.BYTES_A_PORTION + 1);

        assertThat(read()).containsExactly(new Read(0, 1), new Read(1, 2));
    }

    @Test
    void smallOnesComeByTheHundred() {
        aLifeOf(101, 10);

        List<Read> read = read();
        assertThat(read).extracting(Read::sequence).isSorted().hasSize(101);
        assertThat(read).filteredOn(event -> event.statement() == 1).hasSize(100);
    }

    private List<Read> read() {
        List<Read> read = new ArrayList<>();
        new TaskLog(JdbcClient.create(new DelegatingDataSource(database) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        statements.incrementAndGet();
                        return super.getConnection();
                    }
                }))
                .read(
                        TASK,
                        Long.MAX_VALUE,
                        TaskLog.EVER,
                        event -> read.add(new Read(event.sequence(), statements.get())));
        return read;
    }

    private void aLifeOf(int events, int bytesEach) {
        JdbcClient client = JdbcClient.create(database);
        client.sql("""
                        create table event_log as
                        select i as global_index, 'event-' || i as event_id, 'task.renamed' as event_name, 1 as revision,
                               'task' as aggregate_type, ? as aggregate_id, i - 1 as sequence, now() as occurred_at,
                               '' as domain_id, '' as workspace_id, '' as project_id, '' as actor, 'USER' as actor_kind,
                               '' as request_id, '' as correlation_id, true as request_last, '' as traceparent,
                               '' as hash, repeat('x', ?) as payload
                          from generate_series(1, ?) as i
                        """).params(TASK, bytesEach, events).update();
    }
}
