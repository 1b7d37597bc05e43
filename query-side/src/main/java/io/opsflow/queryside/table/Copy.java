package io.opsflow.queryside.table;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Adds rows by PostgreSQL's COPY in its text format: the server plans nothing and unpacks no arrays, and here no text is
 * larger than a few rows, however many there are.
 *
 * @param <R> the class of the rows
 */
final class Copy<R> {

    /** Characters that are sent at once, more or less. */
    private static final int PORTION = 32 * 1024;

    private final String statement;
    private final List<Function<R, @Nullable String>> writers;

    /** @param writers give the values of the columns as the server reads them from texts */
    Copy(String table, List<String> columns, List<Function<R, @Nullable String>> writers) {
        this.statement = "copy %s (%s) from stdin".formatted(table, String.join(", ", columns));
        this.writers = List.copyOf(writers);
    }

    /** Adds all. */
    void add(JdbcOperations database, Collection<R> rows) {
        database.execute((ConnectionCallback<@Nullable Void>) connection -> {
            send(connection, rows);
            return null;
        });
    }

    /** Adds all, or none and says false where one of them is there already. Needs a transaction. */
    boolean addIfAllAreMissing(JdbcOperations database, Collection<R> rows) {
        return Boolean.TRUE.equals(database.execute((ConnectionCallback<Boolean>) connection -> {
            Savepoint before = connection.setSavepoint();
            try {
                send(connection, rows);
            } catch (SQLException e) {
                if (!PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback(before);
                return false;
            }
            connection.releaseSavepoint(before);
            return true;
        }));
    }

    private void send(Connection connection, Collection<R> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            StringBuilder portion = new StringBuilder(PORTION + PORTION / 4);
            for (R row : rows) {
                write(row, portion);
                if (portion.length() >= PORTION) {
                    flush(portion, copy);
                }
            }
            flush(portion, copy);
            copy.endCopy();
        } catch (SQLException | RuntimeException e) {
            cancel(copy, e);
            throw e;
        }
    }

    /** Else the connection would take nothing but more rows. */
    private static void cancel(CopyIn copy, Exception failure) {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static void flush(StringBuilder portion, CopyIn copy) throws SQLException {
        byte[] bytes = portion.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        portion.setLength(0);
    }

    private void write(R row, StringBuilder line) {
        for (int i = 0; i < writers.size(); i++) {
            if (i > 0) {
                line.append('\t');
            }
            String value = writers.get(i).apply(row);
            if (value == null) {
                line.append("\\N");
            } else {
                writeEscaped(value, line);
            }
        }
        line.append('\n');
    }

    private static void writeEscaped(String value, StringBuilder line) {
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char escaped =
                    switch (value.charAt(i)) {
                        case '\\' -> '\\';
                        case '\n' -> 'n';
                        case '\r' -> 'r';
                        case '\t' -> 't';
                        default -> 0;
                    };
            if (escaped != 0) {
                line.append(value, written, i).append('\\').append(escaped);
                written = i + 1;
            }
        }
        line.append(value, written, value.length());
    }
}
