package io.opsflow.queryside.log;

import static io.opsflow.queryside.table.ColumnType.ANY_TEXT;
import static io.opsflow.queryside.table.ColumnType.FLAG;
import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.SMALL_NUMBER;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.queryside.table.RowTable;
import io.opsflow.queryside.table.UnstorableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The read side's log of all events, by their places in the event store: the source of audit, history and
 * subscriptions. It takes every event that can be read as one, whether it can be applied or not.
 */
public final class EventLog {

    private static final RowTable<EventRecord> TABLE = RowTable.<EventRecord>added("event_log")
            .column("global_index", NUMBER, EventRecord::globalIndex)
            .column("event_id", ANY_TEXT, EventRecord::eventId)
            .column("event_name", ANY_TEXT, EventRecord::name)
            .column("revision", SMALL_NUMBER, EventRecord::revision)
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
            .column("correlation_id", ANY_TEXT, EventRecord::correlationId)
            .column("request_last", FLAG, EventRecord::requestLast)
            .column("traceparent", ANY_TEXT, EventRecord::traceparent)
            .column("hash", ANY_TEXT, EventRecord::hash)
            .column("payload", ANY_TEXT, EventRecord::payload)
            .build();

    private static final String DIFFERS = """
            select min(global_index)
              from unnest(?::bigint[], ?::text[]) as told (global_index, hash)
              join event_log using (global_index)
             where event_log.hash <> told.hash
            """;

    private EventLog() {}

    /**
     * Whoever reads an event asks before it goes any further, as the log is to take all that can be read.
     *
     * @throws UnstorableException for one that it cannot take, as its indexes or its times do not
     */
    public static void requireStorable(EventRecord event) {
        ID.require(event.aggregateId());
        ID.require(event.domainId());
        ID.require(event.workspaceId());
        TIME.require(event.occurredAt());
    }

    /**
     * Adds those that are not in it yet.
     *
     * @return how many these were
     */
    public static Supplier<Integer> add(Pipeline pipeline, Collection<EventRecord> events) {
        return TABLE.insertMissing(pipeline, events);
    }

    /** The lowest index at which the log holds another event than one of these; empty where there is none. */
    public static Supplier<Optional<Long>> firstThatDiffers(Pipeline pipeline, Collection<EventRecord> events) {
        return pipeline.query(
                DIFFERS,
                rows -> {
                    rows.next();
                    return Optional.ofNullable(rows.getObject(1, Long.class));
                },
                new SqlArrayValue(
                        "bigint", events.stream().map(EventRecord::globalIndex).toArray()),
                new SqlArrayValue("text", events.stream().map(EventRecord::hash).toArray()));
    }

    /** The event of a row, which must have all columns of the log; for {@code JdbcClient}'s queries. */
    public static EventRecord event(ResultSet row, int number) throws SQLException {
        return new EventRecord(
                row.getString("event_id"),
                row.getString("event_name"),
                row.getInt("revision"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getLong("global_index"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("domain_id"),
                row.getString("workspace_id"),
                row.getString("project_id"),
                row.getString("actor"),
                row.getString("actor_kind"),
                row.getString("request_id"),
                row.getString("correlation_id"),
                row.getBoolean("request_last"),
                row.getString("traceparent"),
                row.getString("hash"),
                row.getString("payload"));
    }
}
