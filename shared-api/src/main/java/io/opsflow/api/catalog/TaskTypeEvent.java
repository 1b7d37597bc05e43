package io.opsflow.api.catalog;

import io.opsflow.api.event.DomainEvent;

/** What can happen to a task type. */
public sealed interface TaskTypeEvent extends DomainEvent
        permits TaskTypeAssigneePoolChanged,
                TaskTypeCreated,
                TaskTypeDeleted,
                TaskTypeDescribed,
                TaskTypeFieldsChanged,
                TaskTypeRenamed,
                TaskTypeTagged {

    String taskTypeId();

    @Override
    default String aggregateId() {
        return taskTypeId();
    }
}
