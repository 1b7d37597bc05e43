package io.opsflow.queryside.audit;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.queryside.task.TaskRow;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes audit rows of what one request did to one task. */
public final class AuditEvents {

    private AuditEvents() {}

    /**
     * One row for each type of change, in the order of their first events.
     *
     * @param before the task before the request; null where the request creates it
     * @param request the records of the request, in their order, at least one
     * @param events what these records hold, one each
     */
    public static List<AuditEvent> of(@Nullable TaskRow before, List<EventRecord> request, List<TaskEvent> events) {
        Map<AuditEventType, Change> changes = new LinkedHashMap<>();
        String name = before == null ? "" : before.name();
        String project = before == null ? "" : before.projectId();
        for (int i = 0; i < events.size(); i++) {
            TaskEvent event = events.get(i);
            EventRecord record = request.get(i);
            changes.computeIfAbsent(AuditEventType.of(event), type -> new Change(type, record, new ArrayList<>()))
                    .events()
                    .add(event);
            if (event instanceof TaskCreated created) {
                name = created.name();
                project = created.projectId();
            } else if (event instanceof TaskMoved moved) {
                project = moved.projectId();
            }
        }
        List<AuditEvent> rows = new ArrayList<>(changes.size());
        for (Change change : changes.values()) {
            rows.add(change.row(name, project));
        }
        return rows;
    }

    /** The id of the row whose first event stands at this place of the event store: its last 12 hex digits. */
    public static String eventId(long globalIndex) {
        return "event-" + HexFormat.of().toHexDigits(globalIndex, 12);
    }

    /** All events of one type in a request. */
    private record Change(AuditEventType type, EventRecord first, List<TaskEvent> events) {

        AuditEvent row(String taskName, String projectId) {
            return new AuditEvent(
                    eventId(first.globalIndex()),
                    type.name(),
                    type.title(),
                    Sentence.of(type, events, first.actor(), taskName),
                    first.actorKind(),
                    first.actor(),
                    Json.write(AuditInfo.of(type, events, first.actor())),
                    first.domainId(),
                    first.workspaceId(),
                    projectId,
                    first.aggregateId(),
                    first.occurredAt(),
                    first.occurredAt());
        }
    }
}
