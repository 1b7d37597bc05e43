package io.opsflow.api.task;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A task as this API answers it. Every member is always there: an unset text or time is empty. */
public record TaskInfo(
        String taskId,
        String name,
        String statusId,
        String statusType,
        String priority,
        String description,
        ObjectNode data,
        List<FileInfo> files,
        String assignee,
        String createdBy,
        String domainId,
        String workspaceId,
        String projectId,
        String categoryId,
        String taskTypeId,
        String createdAt,
        String startedAt,
        String updatedAt,
        String completedAt) {}
