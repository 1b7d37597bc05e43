package io.opsflow.bench.readmodel;

import io.opsflow.bench.server.Databases;
import io.opsflow.queryside.generation.Layout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The database of a query side, seen from outside of it. */
record ReadModelDatabase(Databases databases, String name) {

    private static final String COUNT = """
            select (select count(*) from %1$s.event_log),
                   (select coalesce(sum(version + 1), 0) from %1$s.task),
                   (select count(*) from %1$s.task),
                   (select count(*) from %1$s.parked_event)
            """;

    private static final String HAS_OTHERS = """
            select exists (select from pg_namespace where nspname in ('%1$s_old', '%1$s_next'))
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * That what is read holds the whole history. A figure of anything else would be worth nothing.
     *
     * @throws IllegalStateException if it does not
     */
    void check(History history) throws SQLException {
        try (Connection connection = databases.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNT.formatted(schema()))) {
            row.next();
            long logged = row.getLong(1);
            long applied = row.getLong(2);
            long tasks = row.getLong(3);
            long parked = row.getLong(4);
            if (logged != history.events() || applied != logged || tasks != history.tasks() || parked != 0) {
                throw new IllegalStateException(
                        "%d events in the log, %d in %d tasks, %d parked: that is not the history of %d events"
                                .formatted(logged, applied, tasks, parked, history.events()));
            }
        }
    }

    /** Waits until the generation before is dropped, and nothing is left to do of what was written. */
    void settle() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = databases.connect(name);
                Statement statement = connection.createStatement()) {
            while (hasOthers(statement)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the generation before is not dropped");
                }
                Thread.sleep(PAUSE);
            }
            statement.execute("vacuum");
            statement.execute("checkpoint");
        }
    }

    private static boolean hasOthers(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(HAS_OTHERS.formatted(schema()))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String schema() {
        return Layout.current().schema();
    }
}
