package io.opsflow.queryside.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLState;

/**
 * Adds rows by PostgreSQL's COPY in its binary format: the server plans nothing, unpacks no arrays and parses neither
 * numbers nor times, and here nothing is larger than a few rows, however many there are.
 *
 * @param <R> the class of the rows
 */
final class Copy<R> {

    /** Bytes that are sent at once, more or less. */
    private static final int PORTION = 32 * 1024;

    private final String statement;
    private final List<BiConsumer<R, CopyBuffer>> writers;

    /** @param writers append the values of the columns */
    Copy(String table, List<String> columns, List<BiConsumer<R, CopyBuffer>> writers) {
        this.statement = "copy %s (%s) from stdin (format binary)".formatted(table, String.join(", ", columns));
        this.writers = List.copyOf(writers);
    }

    /** Adds all. */
    void add(Pipeline pipeline, Collection<R> rows) {
        pipeline.call(connection -> {
            send(connection, rows);
            return true;
        });
    }

    /** Adds all, or none and says false where one of them is there already. Needs a transaction. */
    boolean addIfAllAreMissing(Pipeline pipeline, Collection<R> rows) {
        return pipeline.call(connection -> {
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
        });
    }

    private void send(Connection connection, Collection<R> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            CopyBuffer portion = new CopyBuffer(PORTION + PORTION / 4);
            portion.begin();
            for (R row : rows) {
                portion.row(writers.size());
                writers.forEach(writer -> writer.accept(row, portion));
                if (portion.size() >= PORTION) {
                    flush(portion, copy);
                }
            }
            portion.end();
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

    private static void flush(CopyBuffer portion, CopyIn copy) throws SQLException {
        copy.writeToCopy(portion.array(), 0, portion.size());
        portion.clear();
    }
}
