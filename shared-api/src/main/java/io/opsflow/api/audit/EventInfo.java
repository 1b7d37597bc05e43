package io.opsflow.api.audit;

import tools.jackson.databind.node.ObjectNode;

/**
 * An audit event as this API answers it: one kind of change that one request made to one task.
 *
 * @param eventType CREATED, UPDATED, CHANGE_STATUS or DELETED
 * @param description a sentence that a person understands
 * @param createdType USER, APP or SYSTEM
 * @param projectId the task's after the change
 */
public record EventInfo(
        String eventId,
        String eventType,
        String name,
        String description,
        String createdType,
        String createdBy,
        ObjectNode additionalInfo,
        String domainId,
        String workspaceId,
        String projectId,
        String taskId,
        String createdAt,
        String updatedAt) {}
