package io.opsflow.api.catalog;

import io.opsflow.api.event.DomainEvent;

/** What can happen to a task category. */
public sealed interface TaskCategoryEvent extends DomainEvent
        permits TaskCategoryCreated,
                TaskCategoryDeleted,
                TaskCategoryDescribed,
                TaskCategoryPackageChanged,
                TaskCategoryRenamed,
                TaskCategoryStatusesChanged,
                TaskCategoryTagged {

    String categoryId();

    @Override
    default String aggregateId() {
        return categoryId();
    }
}
