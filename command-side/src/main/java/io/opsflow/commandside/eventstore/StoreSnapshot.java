package io.opsflow.commandside.eventstore;

import io.opsflow.commandside.eventstore.database.EventStorePool;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The whole store at one moment, for tools that read all of it: a read-only transaction on a connection of its own,
 * without the limits that keep the service's transactions short, in constant memory. It changes nothing, not even the
 * schema. For one thread.
 */
public final class StoreSnapshot implements AutoCloseable {

    private static final String NO_LIMITS = """
            set statement_timeout = 0;
            set lock_timeout = 0;
            set idle_in_transaction_session_timeout = 0;
            set transaction_timeout = 0
            """;

    // Not whole: a superuser can take away any constraint.
    private static final String ROWS = """
            select *, num_nulls(aggregate_type, aggregate_id, sequence, event_id, event_name, revision, occurred_at,
                                domain_id, workspace_id, project_id, payload, metadata) = 0
                      and isfinite(occurred_at) as whole
              from domain_event
            """;

    // As the primary key has it, so that nothing is sorted: rows without an index are the last.
    private static final String IN_ORDER = " order by global_index";

    private static final String ALL_ROWS = ROWS + IN_ORDER;

    private static final String ROWS_AFTER = ROWS + " where global_index > ?" + IN_ORDER;

    private static final String HEAD = "select coalesce(max(global_index), 0) from domain_event";

    private static final String HASHES = "select global_index, hash from domain_event where global_index = any(?)";

    private final Connection connection;
    private final JdbcTemplate database;
    private final EventMessages messages = new EventMessages(serializer());

    private StoreSnapshot(Connection connection) {
        this.connection = connection;
        this.database = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /** @throws SQLException where the database does not answer */
    public static StoreSnapshot open(EventStoreSettings settings) throws SQLException {
        Properties properties = new Properties();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password().text());
        }
        properties.setProperty("currentSchema", EventStorePool.SCHEMA);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "opsflow-tool");
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_LIMITS);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            StoreSnapshot snapshot = new StoreSnapshot(connection);
            snapshot.head(); // the first statement is the moment
            return snapshot;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What {@link #events} are read with. */
    public static Serializer serializer() {
        return new EventSerializer();
    }

    /** The last event's index; 0 for an empty store. */
    public long head() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HEAD)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The store's database, beside the events; also at this one moment. */
    public JdbcOperations database() {
        return database;
    }

    /** The hashes that stand at these indexes, lowercase hex; an index that the store does not have is left out. */
    public Map<Long, String> hashes(Collection<Long> indexes) throws SQLException {
        Map<Long, String> hashes = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(HASHES)) {
            statement.setArray(1, connection.createArrayOf("bigint", indexes.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    hashes.put(row.getLong(1), hex(bytes(row)));
                }
            }
        }
        return hashes;
    }

    /**
     * Every event after an index, in order, as the relay would read it.
     *
     * @param next may throw to end the walk
     */
    public void events(long after, Consumer<GenericTrackedDomainEventMessage<?>> next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ROWS_AFTER)) {
            statement.setLong(1, after);
            walk(statement, row -> {
                StoredEvent event = row.event();
                if (event == null) {
                    throw new IllegalStateException("event %d is damaged".formatted(row.globalIndex()));
                }
                next.accept(messages.message(new AppendedEvent(row.globalIndex(), event, row.hash())));
            });
        }
    }

    /**
     * Every row, in order, whatever its index is: the service reads a task's events by the task. One without an index
     * comes last, as 0.
     */
    void rows(Consumer<FoundRow> next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL_ROWS)) {
            walk(statement, next);
        }
    }

    private static void walk(PreparedStatement statement, Consumer<FoundRow> next) throws SQLException {
        statement.setFetchSize(EventReader.PAGE);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                next.accept(found(row));
            }
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    private static FoundRow found(ResultSet row) throws SQLException {
        StoredEvent event = null;
        if (row.getBoolean("whole")) {
            event = new StoredEvent(
                    row.getString("aggregate_type"),
                    row.getString("aggregate_id"),
                    row.getLong("sequence"),
                    row.getObject("event_id", UUID.class),
                    row.getString("event_name"),
                    row.getInt("revision"),
                    row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                    new EventScope(
                            row.getString("domain_id"), row.getString("workspace_id"), row.getString("project_id")),
                    row.getString("payload"),
                    row.getString("metadata"));
        }
        return new FoundRow(row.getLong("global_index"), event, bytes(row));
    }

    private static byte[] bytes(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes("hash");
        return hash == null ? new byte[0] : hash;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
