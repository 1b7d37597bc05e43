package io.opsflow.api.event;

import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event type there is. A new event gets its line here and a golden file in the tests. */
public final class EventTypes {

    private static final List<EventType> ALL = List.of(
            new EventType("task.created", 1, TaskCreated.class),
            new EventType("task.renamed", 1, TaskRenamed.class),
            new EventType("task.described", 1, TaskDescribed.class),
            new EventType("task.prioritized", 1, TaskPrioritized.class),
            new EventType("task.assigned", 1, TaskAssigned.class),
            new EventType("task.files_changed", 1, TaskFilesChanged.class),
            new EventType("task.mentioned", 1, TaskMentioned.class),
            new EventType("task.data_changed", 1, TaskDataChanged.class),
            new EventType("task.moved", 1, TaskMoved.class),
            new EventType("task.status_changed", 1, TaskStatusChanged.class),
            new EventType("task.deleted", 1, TaskDeleted.class),
            new EventType("task-category.created", 1, TaskCategoryCreated.class),
            new EventType("task-category.renamed", 1, TaskCategoryRenamed.class),
            new EventType("task-category.described", 1, TaskCategoryDescribed.class),
            new EventType("task-category.statuses_changed", 1, TaskCategoryStatusesChanged.class),
            new EventType("task-category.tagged", 1, TaskCategoryTagged.class),
            new EventType("task-category.package_changed", 1, TaskCategoryPackageChanged.class),
            new EventType("task-category.deleted", 1, TaskCategoryDeleted.class),
            new EventType("task-type.created", 1, TaskTypeCreated.class),
            new EventType("task-type.renamed", 1, TaskTypeRenamed.class),
            new EventType("task-type.described", 1, TaskTypeDescribed.class),
            new EventType("task-type.fields_changed", 1, TaskTypeFieldsChanged.class),
            new EventType("task-type.assignee_pool_changed", 1, TaskTypeAssigneePoolChanged.class),
            new EventType("task-type.tagged", 1, TaskTypeTagged.class),
            new EventType("task-type.deleted", 1, TaskTypeDeleted.class));

    private static final Map<Class<?>, EventType> BY_CLASS =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::payloadClass, Function.identity()));

    private static final Map<String, EventType> BY_CLOUD_EVENT_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::cloudEventType, Function.identity()));

    private EventTypes() {}

    public static List<EventType> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException for a class that is no event of ours */
    public static EventType of(Class<?> payloadClass) {
        EventType type = BY_CLASS.get(payloadClass);
        if (type == null) {
            throw new IllegalArgumentException("not an event with a name: " + payloadClass.getName());
        }
        return type;
    }

    /** Empty for a name or a revision that this version does not know: a newer one wrote it. */
    public static Optional<EventType> named(String name, int revision) {
        return Optional.ofNullable(BY_CLOUD_EVENT_TYPE.get(EventType.cloudEventType(name, revision)));
    }
}
