package io.opsflow.bench.queries;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC at its best: a connection that is held, no transaction around a statement, which is prepared once and
 * prepared on the server as soon as the driver does so.
 */
final class ByHand implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    ByHand(Connection connection) {
        this.connection = connection;
    }

    /** All rows, each value as the driver gives it. */
    List<Map<String, @Nullable Object>> rows(String sql, Object... parameters) {
        try {
            PreparedStatement statement = statement(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        PreparedStatement prepared = connection.prepareStatement(sql);
        statements.put(sql, prepared);
        return prepared;
    }

    private static List<Map<String, @Nullable Object>> read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        while (rows.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), rows.getObject(i));
            }
            all.add(row);
        }
        return all;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
