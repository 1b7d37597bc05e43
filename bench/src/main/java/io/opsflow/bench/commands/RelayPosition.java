package io.opsflow.bench.commands;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** How far a store's events have been relayed to the topic, as the store remembers it. */
record RelayPosition(Databases databases, String database) {

    private static final String LAG = """
            select (select coalesce(max(global_index), 0) from event_store.domain_event)
                 - coalesce((select (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint
                               from event_store.token_entry
                              where processor_name = 'relay'), 0)
            """;

    private static final String SKIP = """
            update event_store.token_entry
               set token = convert_to(regexp_replace(
                       convert_from(token, 'UTF8'), '("globalIndex" *: *)\\d+',
                       '\\1' || (select max(global_index) from event_store.domain_event)), 'UTF8')
             where processor_name = 'relay'
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** @throws IllegalStateException if it takes too long */
    void awaitHead() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            while (lag(statement) > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the relay of %s does not catch up".formatted(database));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Has the relay begin behind all that the store holds. Nobody relays meanwhile. */
    void skipToHead() throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(SKIP);
            if (lag(statement) != 0) {
                throw new IllegalStateException("the relay's position is not kept as it used to be");
            }
        }
    }

    private static long lag(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(LAG)) {
            row.next();
            return row.getLong(1);
        }
    }
}
