package io.opsflow.commandside.eventstore;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Binds many rows to one statement, column by column, each as an array: a statement is planned once for any number. */
final class Columns<R> {

    private final Connection connection;
    private final PreparedStatement statement;
    private final List<R> rows;
    private int column;

    Columns(Connection connection, PreparedStatement statement, List<R> rows) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
    }

    /** @param type PostgreSQL's name of the element type */
    void add(String type, Function<R, ?> value) throws SQLException {
        Object first = value.apply(rows.getFirst());
        // Typed arrays: the driver sends them in binary, without quoting every text.
        Object[] values = (Object[]) Array.newInstance(first.getClass(), rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        add(type, values);
    }

    void add(String type, Object[] values) throws SQLException {
        column++;
        statement.setArray(column, connection.createArrayOf(type, values));
    }
}
