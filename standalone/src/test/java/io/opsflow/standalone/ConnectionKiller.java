package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Ends connections of the command side in PostgreSQL, time and again: one that is at work and any other. */
final class ConnectionKiller implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(60);

    private static final String KILL = """
            select count(*) filter (where pg_terminate_backend(pid)) from (
                (select pid from pg_stat_activity
                  where application_name = 'opsflow-command-side' and state <> 'idle' order by random() limit 1)
                union
                (select pid from pg_stat_activity
                  where application_name = 'opsflow-command-side' order by random() limit 1)) as unlucky
            """;

    private final Connection connection;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong killed = new AtomicLong();
    private final Future<?> killing;

    /** @param connection a superuser's; closed with the killer */
    ConnectionKiller(Connection connection) {
        this.connection = connection;
        this.killing = thread.scheduleWithFixedDelay(this::kill, 0, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
    }

    long killed() {
        assertThat(killing).as("it goes on").isNotDone();
        return killed.get();
    }

    private void kill() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KILL)) {
            row.next();
            killed.addAndGet(row.getLong(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        thread.close();
        connection.close();
    }
}
