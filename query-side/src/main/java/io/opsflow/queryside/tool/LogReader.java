package io.opsflow.queryside.tool;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.tool.ToolFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;

/**
 * The event log of the read model that is live, on a connection of its own. Whatever is read is one statement and with
 * it one moment, and comes in portions, so that memory stays flat. It changes nothing. For one thread.
 */
final class LogReader implements AutoCloseable {

    /** Events are up to 1 MiB each. */
    private static final int PORTION = 50;

    private static final String NO_LIMITS = """
            set statement_timeout = 0;
            set lock_timeout = 0;
            set idle_in_transaction_session_timeout = 0;
            set transaction_timeout = 0
            """;

    private static final String HAS_GENERATIONS = "select to_regclass('read_models.generation') is not null";

    private static final String IS_LIVE = """
            select exists (select from read_models.generation where layout = '%s' and state = 'LIVE')
            """;

    private static final String RANGE = """
            select event_log.* from event_log
             where global_index between ? and ?
             order by global_index
            """;

    // The log may hold events that could not be applied to the task yet.
    private static final String LIFE = """
            select event_log.* from event_log
              join task on task.task_id = event_log.aggregate_id and event_log.sequence <= task.version
             where task.task_id = ?
             order by event_log.sequence
            """;

    private final Connection connection;

    private LogReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws WrongSetting for a database that is missing, wrong or away
     * @throws ToolFailure where it has no read model that this version can read
     */
    static LogReader open(ReadModelSettings settings) throws SQLException {
        Layout layout = Layout.current();
        Connection connection =
                new ReadModelConnections(settings).unpooled(layout.schema()).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_LIMITS);
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // else the driver would take all rows at once
            if (!isOne(statement, HAS_GENERATIONS) || !isOne(statement, IS_LIVE.formatted(layout.id()))) {
                throw new ToolFailure("There is no read model of this version in the database that"
                        + " OPSFLOW_READ_MODEL_URL names; the query side makes it when it starts.");
            }
            connection.commit(); // what is read is of the moment when it is read
            return new LogReader(connection);
        } catch (SQLException | ToolFailure e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isOne(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The events with these indexes, in order, for as long as the reader wants more. */
    void range(long from, long to, Predicate<EventRecord> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RANGE)) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            read(statement, reader);
        }
    }

    /** A task's events as far as they are applied, in order, for as long as the reader wants more. */
    void life(String taskId, Predicate<EventRecord> reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIFE)) {
            statement.setString(1, taskId);
            read(statement, reader);
        }
    }

    private static void read(PreparedStatement statement, Predicate<EventRecord> reader) throws SQLException {
        statement.setFetchSize(PORTION);
        try (ResultSet row = statement.executeQuery()) {
            boolean more = true;
            while (more && row.next()) {
                more = reader.test(EventLog.event(row, row.getRow()));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
