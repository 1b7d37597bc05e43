package io.opsflow.queryside.feed;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what the database refuses because of the data, each time anew, from what passes. */
final class BadData {

    /** The classes of SQL states: a value it cannot take, a constraint, a limit of the database. */
    private static final Set<String> CLASSES = Set.of("22", "23", "54");

    private BadData() {}

    /** The database's own words where the data is to blame, else null. */
    static @Nullable String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && CLASSES.contains(e.getSQLState().substring(0, 2))) {
                return String.valueOf(e.getMessage());
            }
        }
        return null;
    }
}
