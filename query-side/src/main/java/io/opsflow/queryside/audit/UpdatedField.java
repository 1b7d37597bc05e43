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

/**
 * A field of a task that an update changed.
 *
 * @param updatedContent its value from then on, as update takes it
 */
record UpdatedField(String updatedField, Object updatedContent) {

    static UpdatedField of(TaskEvent event) {
        return switch (event) {
            case TaskRenamed renamed -> new UpdatedField("name", renamed.name());
            case TaskPrioritized prioritized -> new UpdatedField("priority", prioritized.priority());
            case TaskDescribed described -> new UpdatedField("description", described.description());
            case TaskFilesChanged changed -> new UpdatedField("files", changed.files());
            case TaskMentioned mentioned -> new UpdatedField("mentions", mentioned.mentions());
            case TaskAssigned assigned -> new UpdatedField("assignee", assigned.assignee());
            case TaskDataChanged changed -> new UpdatedField("data", changed.data());
            case TaskMoved moved -> new UpdatedField("project_id", moved.projectId());
            case TaskCreated __ -> throw noUpdate(event);
            case TaskStatusChanged __ -> throw noUpdate(event);
            case TaskDeleted __ -> throw noUpdate(event);
        };
    }

    private static IllegalArgumentException noUpdate(TaskEvent event) {
        return new IllegalArgumentException("no update: " + event.getClass().getSimpleName());
    }
}
