package io.opsflow.queryside.audit;

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
        Instant updatedAt) {}
