package io.opsflow.commandside.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * The one way into the store. Under an advisory lock that all nodes share it reads the head, refuses a command whose
 * decision rests on versions that have passed, numbers the events on from the head, chains their hashes and inserts
 * them. So commit order is index order, and there are no holes for a reader of the tail to worry about.
 */
final class AppendTransaction {

    /** The lock's number means nothing but "appending to OpsFlow's store": the first bytes of its name. */
    static final long LOCK = 0x6f707366_6c6f77L;

    // A statement of its own: one that takes the lock and reads would read by a snapshot older than the lock.
    private static final String TAKE_THE_LOCK = "select pg_advisory_xact_lock(?)";

    private static final String HEAD = """
            select global_index, hash from domain_event order by global_index desc limit 1
            """;

    private static final String VERSIONS = """
            select id, coalesce((select max(sequence) from domain_event where aggregate_id = id), -1)
              from unnest(?) as id
            """;

    private static final String INSERT = """
            insert into domain_event (global_index, aggregate_type, aggregate_id, sequence, event_id, event_name,
                                      revision, occurred_at, domain_id, workspace_id, project_id, payload, metadata, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;

    /** @param connection without auto-commit; committing and rolling back are the caller's */
    AppendTransaction(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws ConcurrencyException for a command that others have overtaken: nothing of it is written
     */
    void append(Append append) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(TAKE_THE_LOCK)) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
        refuseStale(append);
        for (AppendGuard guard : append.guards()) {
            guard.check(connection);
        }
        insert(append.events());
    }

    private void refuseStale(Append append) throws SQLException {
        StoredEvent first = append.events().getFirst();
        Map<String, Long> expected = new HashMap<>(append.readVersions());
        expected.put(first.aggregateId(), first.sequence() - 1);
        try (PreparedStatement versions = connection.prepareStatement(VERSIONS)) {
            versions.setArray(
                    1, connection.createArrayOf("text", expected.keySet().toArray()));
            try (ResultSet rows = versions.executeQuery()) {
                while (rows.next()) {
                    String id = rows.getString(1);
                    long version = rows.getLong(2);
                    if (version == expected.get(id)) {
                        continue;
                    }
                    if (id.equals(first.aggregateId()) && first.sequence() == 0) {
                        throw new DuplicateIdException(id);
                    }
                    throw new ConcurrencyException(
                            "%s is at version %d, the decision rests on %d".formatted(id, version, expected.get(id)));
                }
            }
        }
    }

    private void insert(List<StoredEvent> events) throws SQLException {
        long index = 0;
        byte[] hash = HashChain.GENESIS;
        try (PreparedStatement head = connection.prepareStatement(HEAD);
                ResultSet row = head.executeQuery()) {
            if (row.next()) {
                index = row.getLong(1);
                hash = row.getBytes(2);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (StoredEvent event : events) {
                index++;
                hash = HashChain.next(hash, index, event);
                bind(insert, index, event, hash);
                insert.addBatch();
            }
            if (insert.executeBatch().length != events.size()) {
                throw new EventStoreException("not every event was inserted");
            }
        }
    }

    private static void bind(PreparedStatement insert, long index, StoredEvent event, byte[] hash) throws SQLException {
        insert.setLong(1, index);
        insert.setString(2, event.aggregateType());
        insert.setString(3, event.aggregateId());
        insert.setLong(4, event.sequence());
        insert.setObject(5, event.eventId());
        insert.setString(6, event.name());
        insert.setInt(7, event.revision());
        insert.setObject(8, event.occurredAt().atOffset(ZoneOffset.UTC));
        insert.setString(9, event.scope().domainId());
        insert.setString(10, event.scope().workspaceId());
        insert.setString(11, event.scope().projectId());
        insert.setObject(12, event.payload(), Types.OTHER);
        insert.setObject(13, event.metadata(), Types.OTHER);
        insert.setBytes(14, hash);
    }
}
