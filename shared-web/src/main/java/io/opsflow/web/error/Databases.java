package io.opsflow.web.error;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Which failures of a database say that the same request may succeed later, unchanged. */
final class Databases {

    /**
     * Classes of SQL states: connection lost, transaction rolled back in favour of another, out of resources, operator
     * intervention (a shutdown, a statement past its time limit), system error.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");

    /**
     * Of a transaction: read only, as where the server is a standby by now or its disk is full; idle for too long; past
     * its time limit. Others of their class are mistakes of ours.
     */
    private static final Set<String> PASSING_STATES = Set.of("25006", "25P03", "25P04");

    private Databases() {}

    static boolean isAway(Throwable failure) {
        return switch (failure) {
            case TransientDataAccessException e -> true;
            case RecoverableDataAccessException e -> true;
            case DataAccessResourceFailureException e -> true;
            case CannotCreateTransactionException e -> true;
            case TransactionTimedOutException e -> true;
            case SQLTransientException e -> true;
            case SQLRecoverableException e -> true;
            case SQLNonTransientConnectionException e -> true;
            case SQLException e -> isPassing(e.getSQLState());
            default -> false;
        };
    }

    private static boolean isPassing(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (PASSING.contains(state.substring(0, 2)) || PASSING_STATES.contains(state));
    }
}
