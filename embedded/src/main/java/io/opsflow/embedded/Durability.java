package io.opsflow.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a server keeps what it acknowledges: asked of the server itself, whatever it was told. */
final class Durability {

    private static final String NOT_DURABLE = """
            select string_agg(name || ' = ' || setting, ', ')
              from pg_settings
             where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting <> 'on'
            """;

    private Durability() {}

    /** @throws IllegalStateException if it would lose something */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NOT_DURABLE)) {
            rows.next();
            String notDurable = rows.getString(1);
            if (notDurable != null) {
                throw new IllegalStateException("PostgreSQL would lose what it acknowledged: " + notDurable);
            }
        }
    }
}
