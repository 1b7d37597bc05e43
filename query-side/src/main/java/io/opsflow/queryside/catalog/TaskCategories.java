package io.opsflow.queryside.catalog;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads single categories. */
@Component
public class TaskCategories {

    private final EntityManager entityManager;

    TaskCategories(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * A category, deleted ones too.
     *
     * @throws ApiException ERROR_NOT_FOUND where there is none, or none that the caller may see
     */
    public Versioned<TaskCategoryInfo> get(Caller caller, String categoryId) {
        TaskCategoryRow row = entityManager.find(TaskCategoryRow.class, categoryId);
        if (row == null || !row.isSeenBy(caller)) {
            throw ApiException.notFound("category_id", categoryId);
        }
        TaskCategoryInfo info = new TaskCategoryInfo(
                row.categoryId,
                row.name,
                emptyIfUnset(row.description),
                Json.mapper().readValue(row.statusOptions, StatusOptions.class),
                fields(row.fields),
                row.state,
                Json.mapper().readValue(row.tagsAsSent, ObjectNode.class),
                emptyIfUnset(row.packageId),
                row.domainId,
                Timestamps.format(row.createdAt),
                Timestamps.format(row.updatedAt),
                Timestamps.format(row.deletedAt));
        return new Versioned<>(info, row.categoryId, row.version);
    }

    static List<TaskField> fields(String json) {
        return List.of(Json.mapper().readValue(json, TaskField[].class));
    }

    static String emptyIfUnset(@Nullable String text) {
        return text == null ? "" : text;
    }
}
