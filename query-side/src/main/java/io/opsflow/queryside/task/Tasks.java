package io.opsflow.queryside.task;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskInfo;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads single tasks. */
@Component
public class Tasks {

    private final EntityManager entityManager;
    private final FileLinks files;

    Tasks(EntityManager entityManager, FileLinks files) {
        this.entityManager = entityManager;
        this.files = files;
    }

    /** @throws ApiException ERROR_NOT_FOUND where there is none, none any more, or none that the caller may see */
    public Versioned<TaskInfo> get(Caller caller, String taskId) {
        return answer(caller, taskId, row(taskId));
    }

    /** The last state of a task, deleted or not, whoever may see it; null where there never was one. */
    public @Nullable TaskRow row(String taskId) {
        return entityManager.find(TaskRow.class, taskId);
    }

    /**
     * What get answers about a task in this state.
     *
     * @param row null where there is none
     * @throws ApiException ERROR_NOT_FOUND where there is none, none any more, or none that the caller may see
     */
    public Versioned<TaskInfo> answer(Caller caller, String taskId, @Nullable TaskRow row) {
        if (row == null || row.deleted || !row.isSeenBy(caller)) {
            throw ApiException.notFound("task_id", taskId);
        }
        return new Versioned<>(info(row), row.taskId, row.version);
    }

    /** A task in this state as it is answered, deleted or not. */
    public TaskInfo info(TaskRow row) {
        return new TaskInfo(
                row.taskId,
                row.name,
                row.statusId,
                row.statusType,
                row.priority,
                emptyIfUnset(row.description),
                Json.mapper().readValue(row.dataAsSent, ObjectNode.class),
                files(row),
                emptyIfUnset(row.assignee),
                row.createdBy,
                row.domainId,
                row.workspaceId,
                row.projectId,
                row.categoryId,
                row.taskTypeId,
                Timestamps.format(row.createdAt),
                Timestamps.format(row.startedAt),
                Timestamps.format(row.updatedAt),
                Timestamps.format(row.completedAt));
    }

    private List<FileInfo> files(TaskRow row) {
        return Arrays.stream(Json.mapper().readValue(row.files, String[].class))
                .map(file -> FileInfo.of(
                        file, row.taskId, row.domainId, row.workspaceId, row.projectId, files.downloadUrl()))
                .toList();
    }

    private static String emptyIfUnset(@Nullable String text) {
        return text == null ? "" : text;
    }
}
