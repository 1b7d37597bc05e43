package io.opsflow.queryside.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.error.ApiException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one query in a single statement. Its connections have {@link QuerySettings#connectionOptions}: there is no time
 * limit to set, and for few rows no transaction to begin and to end ({@link Portions}), each of them a round trip.
 */
final class ReadOnlyDatabase {

    private final DSLContext dsl;
    private final Duration timeLimit;
    private final Counter timeouts;

    ReadOnlyDatabase(DSLContext dsl, Duration timeLimit, MeterRegistry meters) {
        this.dsl = dsl;
        this.timeLimit = timeLimit;
        this.timeouts = Counter.builder("opsflow.query.timeouts")
                .description("queries that ran past their time limit")
                .register(meters);
    }

    /**
     * @throws ApiException 503 past the time limit, 400 for what PostgreSQL cannot compute
     * @throws DataAccessException for all else, without the statement
     */
    <T> T read(Function<DSLContext, T> query) {
        try {
            return query.apply(dsl);
        } catch (DataAccessException e) {
            throw refusal(e);
        }
    }

    private RuntimeException refusal(DataAccessException failure) {
        String state = sqlState(failure);
        return switch (state) {
            case "57014", "25P04" -> { // of the statement, of the transaction
                timeouts.increment();
                yield ApiException.unavailable("The query ran past its time limit of %s ms; ask for less at once."
                        .formatted(timeLimit.toMillis()));
            }
            case "2201B" -> ApiException.invalid("query", "a regular expression is too complex");
            case "22003" -> ApiException.invalid("query", "a number is out of range");
            case "22008" -> ApiException.invalid("query", "a time is out of range");
            case Gathering.TOO_MUCH ->
                ApiException.invalid("query.aggregate", "its groups gather too much; filter first, or gather less");
            default ->
                state.startsWith("54") ? ApiException.invalid("query", "it is too complex") : withoutStatement(failure);
        };
    }

    /** For the log: a statement may hold what the caller asked for, which is nobody else's business. */
    private static DataAccessException withoutStatement(DataAccessException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : new DataAccessException("the query failed: " + cause.getMessage(), cause);
    }

    private static String sqlState(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
