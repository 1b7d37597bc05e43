package io.opsflow.api.task;

import io.opsflow.api.event.DomainEvent;

/** What can happen to a task: one record for each intention. */
public sealed interface TaskEvent extends DomainEvent
        permits TaskAssigned,
                TaskCreated,
                TaskDataChanged,
                TaskDeleted,
                TaskDescribed,
                TaskFilesChanged,
                TaskMentioned,
                TaskMoved,
                TaskPrioritized,
                TaskRenamed,
                TaskStatusChanged {

    String taskId();

    @Override
    default String aggregateId() {
        return taskId();
    }
}
