package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Who reads a store's events behind the commands: the relay and the others whose positions the store remembers. */
record Followers(Databases databases, String database) {

    private static final String BEHIND = """
            select (select coalesce(max(global_index), 0) from event_store.domain_event)
                 - coalesce(min(coalesce((convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint, 0)), 0)
              from event_store.token_entry
            """;

    private static final String SKIP = """
            update event_store.token_entry
               set token = convert_to(regexp_replace(
                       convert_from(token, 'UTF8'), '("globalIndex" *: *)\\d+',
                       '\\1' || (select max(global_index) from event_store.domain_event)), 'UTF8')
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Waits until they have read everything.
     *
     * @throws IllegalStateException if it takes too long
     */
    void awaitHead() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            while (behind(statement) > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the readers of %s do not catch up".formatted(database));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Has them begin behind all that the store holds. Nobody may be reading. */
    void skipToHead() throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(SKIP);
            if (behind(statement) != 0) {
                throw new IllegalStateException("positions are not kept as they used to be");
            }
        }
    }

    private static long behind(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(BEHIND)) {
            row.next();
            return row.getLong(1);
        }
    }
}
