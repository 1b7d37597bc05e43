package io.opsflow.queryside.audit;

import io.opsflow.api.event.EventType;
import io.opsflow.api.event.EventTypes;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.TaskEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** An event of a task as the event log holds it, as much of it as the past is told from. */
record LoggedEvent(
        long globalIndex,
        String name,
        int revision,
        long sequence,
        Instant occurredAt,
        String actor,
        boolean requestLast,
        String payload) {

    static LoggedEvent of(ResultSet row, int number) throws SQLException {
        return new LoggedEvent(
                row.getLong("global_index"),
                row.getString("event_name"),
                row.getInt("revision"),
                row.getLong("sequence"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getBoolean("request_last"),
                row.getString("payload"));
    }

    /** @throws IllegalStateException for one that this version does not know; no row of a task holds it then */
    TaskEvent event() {
        Class<?> payloadClass = EventTypes.named(name, revision)
                .map(EventType::payloadClass)
                .orElseThrow(() -> new IllegalStateException("this version knows no event " + name));
        return (TaskEvent) Json.mapper().readValue(payload, payloadClass);
    }
}
