package io.opsflow.queryside.task;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.web.file.FileLinks;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

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
        return new Versioned<>(row.info(files), row.taskId, row.version);
    }
}
