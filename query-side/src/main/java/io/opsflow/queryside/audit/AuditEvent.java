package io.opsflow.queryside.audit;

import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.JSON;
import static io.opsflow.queryside.table.ColumnType.TEXT;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.queryside.table.RowTable;
import java.time.Instant;

/**
 * A row of the table {@code audit_event}: one kind of change that one request made to one task.
 *
 * @param eventType the name of an {@link AuditEventType}
 * @param additionalInfo JSON, for both columns of that name
 * @param projectId the task's after the request
 */
public record AuditEvent(
        String eventId,
        String eventType,
        String name,
        String description,
        String createdType,
        String createdBy,
        String additionalInfo,
        String domainId,
        String workspaceId,
        String projectId,
        String taskId,
        Instant createdAt,
        Instant updatedAt) {

    public static final RowTable<AuditEvent> TABLE = RowTable.<AuditEvent>added("audit_event")
            .column("event_id", ID, AuditEvent::eventId)
            .column("event_type", TEXT, AuditEvent::eventType)
            .column("name", TEXT, AuditEvent::name)
            .column("description", TEXT, AuditEvent::description)
            .column("created_type", TEXT, AuditEvent::createdType)
            .column("created_by", TEXT, AuditEvent::createdBy)
            .column("additional_info_as_sent", JSON, AuditEvent::additionalInfo)
            .column("domain_id", ID, AuditEvent::domainId)
            .column("workspace_id", ID, AuditEvent::workspaceId)
            .column("project_id", TEXT, AuditEvent::projectId)
            .column("task_id", ID, AuditEvent::taskId)
            .column("created_at", TIME, AuditEvent::createdAt)
            .column("updated_at", TIME, AuditEvent::updatedAt)
            .build();
}
