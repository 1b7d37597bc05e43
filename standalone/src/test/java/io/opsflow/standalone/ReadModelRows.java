package io.opsflow.standalone;

import io.opsflow.queryside.generation.Layout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that the events have left in the read model. */
final class ReadModelRows {

    private static final List<String> TABLES = List.of(
            "task",
            "task_category",
            "task_type",
            "event_log",
            "task_past",
            "audit_event",
            "feed_offset",
            "parked_event");

    private ReadModelRows() {}

    /** By table, each row as text. Closes the connection. */
    static Map<String, List<String>> read(Connection connection) throws SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = " + Layout.current().schema());
            for (String table : TABLES) {
                List<String> texts = new ArrayList<>();
                try (ResultSet row = statement.executeQuery(
                        "select t::text collate \"C\" from %s as t order by 1".formatted(table))) {
                    while (row.next()) {
                        texts.add(row.getString(1));
                    }
                }
                rows.put(table, texts);
            }
        }
        return rows;
    }
}
