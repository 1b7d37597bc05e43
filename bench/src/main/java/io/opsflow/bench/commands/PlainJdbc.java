package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a command cannot do without: one insert of its row and one commit, on a connection that is held, by a statement
 * that is prepared on the server. The commit is the statement's own, so it is one round trip. The table is the event
 * store's, as its migrations made it; the texts are those of events that the service has written. Nothing is decided,
 * looked up, chained or put into order: the numbers come from a counter in memory.
 */
final class PlainJdbc implements Way {

    private static final String INSERT = """
            insert into event_store.domain_event (
                    global_index, aggregate_type, aggregate_id, sequence, event_id, event_name, revision, occurred_at,
                    domain_id, workspace_id, project_id, payload, metadata, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?)
            """;

    private static final String EVENT = """
            select event_name, revision, workspace_id, project_id, payload::text, metadata::text, hash
              from event_store.domain_event
             where event_name = ?
             order by global_index
             limit 1
            """;

    private static final String HEAD = "select max(global_index) from event_store.domain_event";

    private final Databases databases;
    private final String database;
    private final AtomicLong index;
    private final Row created;
    private final Row moved;

    private record Row(
            String name,
            int revision,
            String workspaceId,
            String projectId,
            String payload,
            String metadata,
            byte[] hash) {}

    /** @param database a store that holds some events already */
    PlainJdbc(Databases databases, String database) throws SQLException {
        this.databases = databases;
        this.database = database;
        try (Connection connection = databases.connect(database)) {
            created = row(connection, "task.created");
            moved = row(connection, "task.status_changed");
            index = new AtomicLong(head(connection));
        }
    }

    @Override
    public Worker worker(int number) throws SQLException {
        return new Inserter(databases.connect(database, Map.of("prepareThreshold", "1")));
    }

    private final class Inserter implements Worker {

        private final Connection connection;
        private final PreparedStatement insert;
        private @Nullable String task;

        Inserter(Connection connection) throws SQLException {
            this.connection = connection;
            this.insert = connection.prepareStatement(INSERT);
        }

        @Override
        public void next() throws SQLException {
            if (task == null) {
                task = Sample.newTaskId();
                insert(task, 0, created);
            } else {
                insert(task, 1, moved);
                task = null;
            }
        }

        private void insert(String taskId, long sequence, Row row) throws SQLException {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            insert.setLong(1, index.incrementAndGet());
            insert.setString(2, "task");
            insert.setString(3, taskId);
            insert.setLong(4, sequence);
            insert.setObject(5, new UUID(random.nextLong(), random.nextLong()));
            insert.setString(6, row.name());
            insert.setInt(7, row.revision());
            insert.setObject(8, OffsetDateTime.now(ZoneOffset.UTC));
            insert.setString(9, Sample.DOMAIN);
            insert.setString(10, row.workspaceId());
            insert.setString(11, row.projectId());
            insert.setString(12, row.payload());
            insert.setString(13, row.metadata());
            insert.setBytes(14, row.hash());
            insert.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static Row row(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(EVENT)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Row(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBytes(7));
            }
        }
    }

    private static long head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HEAD)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {}
}
