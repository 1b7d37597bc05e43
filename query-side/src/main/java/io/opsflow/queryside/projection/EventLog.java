package io.opsflow.queryside.projection;

import static io.opsflow.queryside.table.ColumnType.ANY_TEXT;
import static io.opsflow.queryside.table.ColumnType.FLAG;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.table.RowTable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The read side's log of all events, by their places in the event store: the source of audit, history and
 * subscriptions. It takes every event that can be read as one, whether it can be applied or not.
 */
public final class EventLog {

    private static final RowTable<EventRecord> TABLE = RowTable.<EventRecord>added("event_log")
            .column("global_index", NUMBER, EventRecord::globalIndex)
            .column("event_id", ANY_TEXT, EventRecord::eventId)
            .column("event_name", ANY_TEXT, EventRecord::name)
            .column("revision", NUMBER, event -> (long) event.revision())
            .column("aggregate_type", ANY_TEXT, EventRecord::aggregateType)
            .column("aggregate_id", ANY_TEXT, EventRecord::aggregateId)
            .column("sequence", NUMBER, EventRecord::sequence)
            .column("occurred_at", TIME, EventRecord::occurredAt)
            .column("domain_id", ANY_TEXT, EventRecord::domainId)
            .column("workspace_id", ANY_TEXT, EventRecord::workspaceId)
            .column("project_id", ANY_TEXT, EventRecord::projectId)
            .column("actor", ANY_TEXT, EventRecord::actor)
            .column("actor_kind", ANY_TEXT, EventRecord::actorKind)
            .column("request_id", ANY_TEXT, EventRecord::requestId)
            .column("request_last", FLAG, EventRecord::requestLast)
            .column("hash", ANY_TEXT, EventRecord::hash)
            .column("payload", ANY_TEXT, EventRecord::payload)
            .build();

    private final JdbcOperations database;

    /** @param database whose search path names the generation to write */
    public EventLog(JdbcOperations database) {
        this.database = database;
    }

    /** Adds those that are not in it yet. */
    public void add(Collection<? extends Delivery> deliveries) {
        List<EventRecord> events = deliveries.stream()
                .map(Delivery::event)
                .filter(Objects::nonNull)
                .toList();
        TABLE.insertMissing(database, events);
    }
}
