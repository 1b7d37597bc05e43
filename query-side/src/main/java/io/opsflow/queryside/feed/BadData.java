package io.opsflow.queryside.feed;

import io.opsflow.queryside.table.UnstorableException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** Tells what the tables refuse because of the data, each time anew, from what passes. */
final class BadData {

    /** The classes of SQL states: a value it cannot take, a constraint, a limit of the database. */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private BadData() {}

    /** What they object to, without the data, where the data is to blame; else null. */
    static @Nullable String reason(Throwable failure) {
        String reason = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnstorableException) {
                reason = cause.getMessage();
            }
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && CLASSES.contains(e.getSQLState().substring(0, 2))) {
                // Its message would repeat the statement and the row.
                reason = e instanceof PSQLException refusal && refusal.getServerErrorMessage() != null
                        ? "the database refuses it: "
                                + refusal.getServerErrorMessage().getMessage()
                        : "the database refuses it with SQL state " + e.getSQLState();
            }
        }
        return reason;
    }
}
