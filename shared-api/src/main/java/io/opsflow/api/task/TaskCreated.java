package io.opsflow.api.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A task began its life. It is told in full, so that no reader needs anything else. */
public record TaskCreated(
        String taskId,
        String name,
        TaskStatus status,
        Priority priority,
        String description,
        List<String> files,
        Mentions mentions,
        String assignee,
        ObjectNode data,
        String createdBy,
        String domainId,
        String workspaceId,
        String projectId,
        String categoryId,
        String taskTypeId,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant at)
        implements TaskEvent {}
