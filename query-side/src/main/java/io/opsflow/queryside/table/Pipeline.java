package io.opsflow.queryside.table;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The statements of one transaction. They are executed in the order in which they were added, each on what those before
 * it have done, but they are sent together when an answer is asked for: of two statements the second does not wait for
 * the first one's way here and back. On a busy machine these ways, not the statements, are most of what a small
 * transaction takes.
 *
 * <p>The driver sends first and reads answers then. So nothing is sent behind a statement that may answer with more than
 * the connection's buffers hold: the server would not take it before the answer is read.
 *
 * <p>Needs a transaction around it. For one thread.
 */
public final class Pipeline {

    private final JdbcOperations database;
    private final List<Step<?>> waiting = new ArrayList<>();
    private boolean isFull;

    /** @param database whose search path says which tables are meant */
    public Pipeline(JdbcOperations database) {
        this.database = database;
    }

    /**
     * Adds a statement that answers with a few numbers or flags: the driver would have all that is before texts answered
     * first. Its reader may refuse them with an exception of its own, which is thrown to whoever sends the statement; what
     * was added behind it has been executed then, and is for nothing.
     *
     * @param reader of all rows
     * @param parameters for the question marks, in their order; arrays as {@code SqlArrayValue}
     * @return what the reader makes of them; sends what has been added, if that was not done yet
     */
    public <T> Supplier<T> query(String sql, ResultSetExtractor<T> reader, @Nullable Object... parameters) {
        return add(new Step<>(sql, parameters, reading(reader)));
    }

    /** As {@link #query}, of a statement that may answer with many rows, long ones too. It is the last that is sent at once. */
    public <T> Supplier<T> queryMany(String sql, ResultSetExtractor<T> reader, @Nullable Object... parameters) {
        Supplier<T> answer = query(sql, reader, parameters);
        isFull = true;
        return answer;
    }

    private static <T> Step.Reader<T> reading(ResultSetExtractor<T> reader) {
        return statement -> {
            try (ResultSet rows = statement.getResultSet()) {
                return reader.extractData(rows);
            }
        };
    }

    /** As {@link #query}, of a statement that answers with how many rows it has changed. */
    public Supplier<Integer> update(String sql, @Nullable Object... parameters) {
        return add(new Step<>(sql, parameters, PreparedStatement::getUpdateCount));
    }

    /** Sends what was added, and then has this done, which is more than a statement. */
    public <T> T call(ConnectionCallback<T> work) {
        run();
        return Objects.requireNonNull(database.execute(work));
    }

    /**
     * Sends what was added and was not sent yet, and has it answered.
     *
     * @throws DataAccessException where the database refuses one of the statements
     */
    public void run() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Step<?>> steps = List.copyOf(waiting);
        waiting.clear();
        isFull = false;
        String together = steps.stream().map(step -> step.sql).collect(Collectors.joining(";\n"));
        ArgumentPreparedStatementSetter parameters = new ArgumentPreparedStatementSetter(
                steps.stream().flatMap(step -> Arrays.stream(step.parameters)).toArray());
        database.execute(together, (PreparedStatementCallback<@Nullable Void>) statement -> {
            try {
                parameters.setValues(statement);
                statement.execute();
                for (Step<?> step : steps) {
                    step.read(statement);
                    statement.getMoreResults();
                }
                return null;
            } finally {
                parameters.cleanupParameters();
            }
        });
    }

    private <T> Supplier<T> add(Step<T> step) {
        if (isFull) {
            run();
        }
        waiting.add(step);
        return () -> {
            if (!step.isAnswered) {
                run();
            }
            return Objects.requireNonNull(step.answer);
        };
    }

    private static final class Step<T> {

        private final String sql;
        private final @Nullable Object[] parameters;
        private final Reader<T> reader;
        private boolean isAnswered;
        private @Nullable T answer;

        private interface Reader<T> {
            @Nullable
            T read(PreparedStatement executed) throws SQLException;
        }

        Step(String sql, @Nullable Object[] parameters, Reader<T> reader) {
            this.sql = sql;
            this.parameters = parameters;
            this.reader = reader;
        }

        void read(PreparedStatement executed) throws SQLException {
            answer = reader.read(executed);
            isAnswered = true;
        }
    }
}
