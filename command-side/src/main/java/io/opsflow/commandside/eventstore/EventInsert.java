package io.opsflow.commandside.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The one statement that adds rows to the store, any number of them. */
final class EventInsert {

    private static final String INSERT_EVENTS = """
            insert into domain_event (global_index, aggregate_type, aggregate_id, sequence, event_id, event_name,
                                      revision, occurred_at, domain_id, workspace_id, project_id, payload, metadata, hash)
            select global_index, aggregate_type, aggregate_id, sequence, event_id, event_name, revision,
                   timestamptz 'epoch' + occurred_at * interval '1 millisecond',
                   domain_id, workspace_id, project_id, payload::json, metadata::json, hash
              from unnest(?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::uuid[], ?::text[], ?::int[], ?::bigint[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                as event (global_index, aggregate_type, aggregate_id, sequence, event_id, event_name, revision,
                          occurred_at, domain_id, workspace_id, project_id, payload, metadata, hash)
            """;

    private EventInsert() {}

    /**
     * @param indexes of the events, in their order
     * @param hashes of the chain at each of them
     */
    static void insert(Connection connection, List<StoredEvent> events, Long[] indexes, byte[][] hashes)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_EVENTS)) {
            Columns<StoredEvent> columns = new Columns<>(connection, insert, events);
            columns.add("int8", indexes);
            columns.add("text", StoredEvent::aggregateType);
            columns.add("text", StoredEvent::aggregateId);
            columns.add("int8", StoredEvent::sequence);
            columns.add("uuid", StoredEvent::eventId);
            columns.add("text", StoredEvent::name);
            columns.add("int4", StoredEvent::revision);
            columns.add("int8", event -> event.occurredAt().toEpochMilli());
            columns.add("text", event -> event.scope().domainId());
            columns.add("text", event -> event.scope().workspaceId());
            columns.add("text", event -> event.scope().projectId());
            columns.add("text", StoredEvent::payload);
            columns.add("text", StoredEvent::metadata);
            columns.add("bytea", hashes);
            insert.executeUpdate();
        }
    }
}
