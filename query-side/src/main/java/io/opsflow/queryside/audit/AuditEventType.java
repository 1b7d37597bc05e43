package io.opsflow.queryside.audit;

import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;

/** The kinds of change that an audit tells apart; each makes a row of its own where a request holds several. */
public enum AuditEventType {
    CREATED("Task created"),
    UPDATED("Task updated"),
    CHANGE_STATUS("Status changed"),
    DELETED("Task deleted");

    private final String title;

    AuditEventType(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    public static AuditEventType of(TaskEvent event) {
        return switch (event) {
            case TaskCreated __ -> CREATED;
            case TaskStatusChanged __ -> CHANGE_STATUS;
            case TaskDeleted __ -> DELETED;
            case TaskRenamed __ -> UPDATED;
            case TaskPrioritized __ -> UPDATED;
            case TaskDescribed __ -> UPDATED;
            case TaskFilesChanged __ -> UPDATED;
            case TaskMentioned __ -> UPDATED;
            case TaskAssigned __ -> UPDATED;
            case TaskDataChanged __ -> UPDATED;
            case TaskMoved __ -> UPDATED;
        };
    }
}
