package io.opsflow.queryside.task;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.task.TaskInfo;
import jakarta.persistence.EntityManager;
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
        TaskRow row = entityManager.find(TaskRow.class, taskId);
        if (row == null || row.deleted || !caller.sees(row.domainId, row.workspaceId, row.projectId)) {
            throw ApiException.notFound("task_id", taskId);
        }
        return new Versioned<>(row.info(files), row.taskId, row.version);
    }
}
