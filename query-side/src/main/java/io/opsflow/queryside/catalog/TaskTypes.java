package io.opsflow.queryside.catalog;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads single task types. */
@Component
public class TaskTypes {

    private final EntityManager entityManager;

    TaskTypes(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * @param includeCategoryFields whether the fields of its category come before its own
     * @throws ApiException ERROR_NOT_FOUND where there is none, none any more, or none that the caller may see
     */
    public Versioned<TaskTypeInfo> get(Caller caller, String taskTypeId, boolean includeCategoryFields) {
        TaskTypeRow row = entityManager.find(TaskTypeRow.class, taskTypeId);
        if (row == null || row.deleted || !row.isSeenBy(caller)) {
            throw ApiException.notFound("task_type_id", taskTypeId);
        }
        List<TaskField> own = TaskCategories.fields(row.fields);
        TaskTypeInfo info = new TaskTypeInfo(
                row.taskTypeId,
                row.name,
                TaskCategories.emptyIfUnset(row.description),
                includeCategoryFields ? concat(categoryFields(row), own) : own,
                Arrays.asList(Json.mapper().readValue(row.assigneePool, String[].class)),
                row.requireProject,
                Json.mapper().readValue(row.tagsAsSent, ObjectNode.class),
                row.domainId,
                row.categoryId,
                Timestamps.format(row.createdAt),
                Timestamps.format(row.updatedAt));
        return new Versioned<>(info, row.taskTypeId, row.version);
    }

    // A category travels on another partition than its types: for a moment a type may be here before it.
    private List<TaskField> categoryFields(TaskTypeRow type) {
        TaskCategoryRow category = entityManager.find(TaskCategoryRow.class, type.categoryId);
        return category == null ? List.of() : TaskCategories.fields(category.fields);
    }

    private static List<TaskField> concat(List<TaskField> first, List<TaskField> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
