package io.opsflow.queryside.subscription;

import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LogTailTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whileNobodyListensCommitsMakeItLookNoMoreOften() throws Exception {
        try (LogTail tail = new LogTail(anEmptyLog(), () -> {}).start()) {
            assertThat(tail.now()).isZero();
            int before = looks.get();
            // One a second by itself, and one that was under way.
            await().pollInterval(Duration.ofMillis(10))
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> {
                        tail.changed();
                        return looks.get() <= before + 3;
                    });
        }
    }

    @Test
    void whileSomebodyListensACommitMakesItLook() throws Exception {
        try (LogTail tail = new LogTail(anEmptyLog(), () -> {}).start()) {
            assertThat(tail.now()).isZero();
            tail.listen(OWNER, new Inbox());
            int before = looks.get();
            tail.changed();
            await().until(() -> looks.get() > before);
        }
    }

    /** As when the store was restored and trusted, the read model rebuilt, and others have the numbers of what was given up. */
    @Test
    void whereTheLogIsAnotherOneItBeginsAnew() throws Exception {
        JdbcClient database = JdbcClient.create(new DriverManagerDataSource(Servers.newDatabase()));
        database.sql("create table event_log (global_index bigint, event_id text)")
                .update();
        add(database, "before", 1, 12);
        AtomicInteger ended = new AtomicInteger();
        try (LogTail tail = new LogTail(new EventPages(database), ended::incrementAndGet).start()) {
            assertThat(tail.now()).isEqualTo(12);

            exchange(database, 12, 0);
            assertThat(tail.now()).as("the same in other tables").isEqualTo(12);
            assertThat(ended).hasValue(0);

            exchange(database, 10, 1);
            assertThat(tail.now()).as("it ends before").isEqualTo(11);
            assertThat(ended).hasValue(1);

            exchange(database, 9, 5);
            assertThat(tail.now()).as("it has gone on behind").isEqualTo(14);
            assertThat(ended).hasValue(2);
            assertThat(tail.now()).isEqualTo(14);
            assertThat(ended).hasValue(2);
        }
    }

    /** Another table with as many of the same events, and others behind them. */
    private static void exchange(JdbcClient database, int same, int others) {
        String name = "other" + System.nanoTime();
        database.sql("create table %s (global_index bigint, event_id text)".formatted(name))
                .update();
        database.sql("insert into %s select * from event_log where global_index <= %d".formatted(name, same))
                .update();
        database.sql("alter table event_log rename to old_" + name).update();
        database.sql("alter table %s rename to event_log".formatted(name)).update();
        add(database, name, same + 1, same + others);
    }

    private static void add(JdbcClient database, String name, int from, int to) {
        database.sql("insert into event_log select i, ? || i from generate_series(?, ?) as i")
                .params(name, from, to)
                .update();
    }

    private EventPages anEmptyLog() {
        DriverManagerDataSource database = new DriverManagerDataSource(Servers.newDatabase());
        JdbcClient.create(database)
                .sql("create table event_log (global_index bigint, event_id text)")
                .update();
        return new EventPages(JdbcClient.create(new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                looks.incrementAndGet();
                return super.getConnection();
            }
        }));
    }
}
