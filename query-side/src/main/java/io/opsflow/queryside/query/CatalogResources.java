package io.opsflow.queryside.query;

import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.json.Json;
import io.opsflow.api.query.QuerySchema;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;

/** Categories and types as list and stat read them. */
final class CatalogResources {

    private static final String ASSIGNEE_POOL = "assignee_pool";
    private static final String FIELDS = "fields";
    private static final String REQUIRE_PROJECT = "require_project";
    private static final String TAGS = "tags";

    private CatalogResources() {}

    static Resource<TaskCategoryInfo> categories() {
        return new Resource<>(
                QuerySchema.TASK_CATEGORY,
                DSL.table(DSL.name("task_category")),
                Set.of(FIELDS),
                Set.of(),
                Set.of(TAGS),
                Resource.Place.DOMAIN,
                false,
                CatalogResources::category,
                UnaryOperator.identity());
    }

    static Resource<TaskTypeInfo> types() {
        return new Resource<>(
                QuerySchema.TASK_TYPE,
                DSL.table(DSL.name("task_type")),
                Set.of(FIELDS, ASSIGNEE_POOL),
                Set.of(REQUIRE_PROJECT),
                Set.of(TAGS),
                Resource.Place.DOMAIN,
                true,
                CatalogResources::type,
                UnaryOperator.identity());
    }

    private static TaskCategoryInfo category(AnswerRow row) {
        return new TaskCategoryInfo(
                row.text("category_id"),
                row.text("name"),
                row.text("description"),
                statusOptions(row.json("status_options")),
                fields(row.json(FIELDS)),
                row.text("state"),
                row.object(TAGS),
                row.text("package_id"),
                row.text("domain_id"),
                row.time("created_at"),
                row.time("updated_at"),
                row.time("deleted_at"));
    }

    private static TaskTypeInfo type(AnswerRow row) {
        return new TaskTypeInfo(
                row.text("task_type_id"),
                row.text("name"),
                row.text("description"),
                fields(row.json(FIELDS)),
                row.json(ASSIGNEE_POOL).valueStream().map(JsonNode::stringValue).toList(),
                row.json(REQUIRE_PROJECT).asBoolean(false),
                row.object(TAGS),
                row.text("domain_id"),
                row.text("category_id"),
                row.time("created_at"),
                row.time("updated_at"));
    }

    private static StatusOptions statusOptions(JsonNode options) {
        return options.isObject()
                ? Json.mapper().treeToValue(options, StatusOptions.class)
                : new StatusOptions(List.of(), List.of(), List.of());
    }

    private static List<TaskField> fields(JsonNode fields) {
        return fields.valueStream()
                .map(field -> Json.mapper().treeToValue(field, TaskField.class))
                .toList();
    }
}
