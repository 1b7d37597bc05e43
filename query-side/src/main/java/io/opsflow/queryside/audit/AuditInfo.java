package io.opsflow.queryside.audit;

import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import java.time.Instant;
import java.util.List;

/** What {@code additional_info} holds, by the type of the audit event. */
sealed interface AuditInfo {

    record Created(String createdBy, Instant createdAt, String description) implements AuditInfo {}

    record Updated(String updatedBy, Instant updatedAt, List<UpdatedField> updatedData) implements AuditInfo {}

    record StatusChanged(String changedBy, Instant changedAt, Status beforeStatus, Status afterStatus)
            implements AuditInfo {}

    record Deleted(String deletedBy, Instant deletedAt) implements AuditInfo {}

    record Status(String name, String statusType) {
        static Status of(TaskStatus status) {
            return new Status(status.name(), status.statusType().name());
        }
    }

    /** @param events of this type, in their order, at least one */
    static AuditInfo of(AuditEventType type, List<TaskEvent> events, String actor) {
        TaskEvent first = events.getFirst();
        return switch (type) {
            case CREATED -> new Created(actor, first.at(), ((TaskCreated) first).description());
            case UPDATED ->
                new Updated(
                        actor, first.at(), events.stream().map(UpdatedField::of).toList());
            case CHANGE_STATUS ->
                new StatusChanged(
                        actor,
                        first.at(),
                        Status.of(((TaskStatusChanged) first).before()),
                        Status.of(((TaskStatusChanged) events.getLast()).after()));
            case DELETED -> new Deleted(actor, first.at());
        };
    }
}
