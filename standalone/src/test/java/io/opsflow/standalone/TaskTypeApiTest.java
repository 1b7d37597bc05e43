package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTypeApiTest extends ServiceTest {

    private final ApiClient admin = admin();

    @Test
    void anIdOfSomethingElseIsNoCategoryThoughItIsKnown() {
        String type = create(Map.of()).text("task_type_id");
        owner.task("create", with(aTask("Knows it"), "task_type_id", type));

        notFound(post("create", Map.of("name", "x", "category_id", type)), "category_id", type);
    }

    @Test
    void aTypeIsAnsweredInFull() {
        var type = create(Map.of("fields", List.of(field("severity")), "assignee_pool", List.of("kim")));

        assertThat(type.body().propertyNames())
                .containsExactly(
                        "task_type_id",
                        "name",
                        "description",
                        "fields",
                        "assignee_pool",
                        "require_project",
                        "tags",
                        "domain_id",
                        "category_id",
                        "created_at",
                        "updated_at");
        assertThat(type.text("task_type_id")).matches("task-type-[0-9a-f]{12}");
        assertThat(type.body().at("/fields/0").propertyNames())
                .containsExactly(
                        "field_id",
                        "name",
                        "description",
                        "field_type",
                        "options",
                        "selection_type",
                        "is_required",
                        "is_primary");
        await().until(() -> get(type, false), read -> read.status() == 200);
        assertThat(get(type, false).body()).isEqualTo(type.body());
    }

    @Test
    void theCategorysFieldsComeFirstWhereTheyAreAskedFor() {
        var options = Map.of(
                "TODO", List.of(Map.of("name", "a")),
                "IN_PROGRESS", List.of(Map.of("name", "b")),
                "COMPLETED", List.of(Map.of("name", "c")));
        var category = admin.post(
                "/opsflow/v1/task-category/create",
                Map.of("name", "x", "status_options", options, "fields", List.of(field("area"))));
        var type = create(Map.of("category_id", category.text("category_id"), "fields", List.of(field("severity"))));

        await().until(() -> get(type, true).status() == 200);
        assertThat(get(type, true).body().at("/fields").findValuesAsString("field_id"))
                .containsExactly("area", "severity");
        assertThat(get(type, false).body().at("/fields").findValuesAsString("field_id"))
                .containsExactly("severity");
    }

    @Test
    void updateAndUpdateFieldsChangeWhatIsGiven() {
        var type = create(Map.of());
        String id = type.text("task_type_id");
        assertThat(post("update", Map.of("task_type_id", id, "name", "Alert")).text("name"))
                .isEqualTo("Alert");
        var fields = post("update_fields", Map.of("task_type_id", id, "fields", List.of(field("severity"))));
        assertThat(fields.body().at("/fields/0/field_id").stringValue()).isEqualTo("severity");
        assertThat(fields.text("name")).isEqualTo("Alert");
        required(post("update_fields", Map.of("task_type_id", id)), "fields");
        invalid(post("update", Map.of("task_type_id", id, "fields", List.of())), "fields", "unknown member");
    }

    @Test
    void fieldsAreChecked() {
        var fields = List.of(field("a"), field("a"));
        invalid(
                post("create", Map.of("name", "x", "category_id", Demo.CATEGORY, "fields", fields)),
                "fields",
                "field_id given twice: a");
        var unknownType = List.of(Map.of("name", "x", "field_type", "NUMBER"));
        assertThat(post("create", Map.of("name", "x", "category_id", Demo.CATEGORY, "fields", unknownType))
                        .message())
                .startsWith("Parameter is invalid. (key = fields[0].field_type, ");
        required(
                post(
                        "create",
                        Map.of("name", "x", "category_id", Demo.CATEGORY, "fields", List.of(Map.of("name", "x")))),
                "fields[0].field_type");
    }

    @Test
    void aTypeGoesOnceItsLastTaskIsDeletedAndIsNotFoundFromThenOn() {
        var type = create(Map.of("name", id("name")));
        String id = type.text("task_type_id");
        var task = owner.task("create", with(aTask("x"), "task_type_id", id));

        refused(
                post("delete", Map.of("task_type_id", id)),
                400,
                "ERROR_EXIST_RESOURCE",
                "'Task' resources is existed in TaskType.");
        owner.task("delete", Map.of("task_id", task.text("task_id")));
        assertThat(post("delete", Map.of("task_type_id", id)).body().toString()).isEqualTo("{}");

        notFound(owner.task("create", with(aTask("x"), "task_type_id", id)), "task_type_id", id);
        for (String verb : List.of("update", "delete")) {
            notFound(post(verb, Map.of("task_type_id", id)), "task_type_id", id);
        }
        notFound(post("update_fields", Map.of("task_type_id", id, "fields", List.of(field("a")))), "task_type_id", id);
        await().until(() -> get(type, false).status() == 404);
        notFound(get(type, true), "task_type_id", id);
        var named = List.of(Map.of("k", "name", "v", type.text("name"), "o", "eq"));
        assertThat(post("list", Map.of("query", Map.of("filter", named)))
                        .body()
                        .get("total_count")
                        .intValue())
                .isZero();
        var count = Map.of("filter", named, "aggregate", List.of(Map.of("count", Map.of("name", "n"))));
        assertThat(post("stat", Map.of("query", count))
                        .body()
                        .at("/results/0/n")
                        .intValue())
                .isZero();
    }

    @Test
    void newFieldsDoNotTouchTheTasksThereAre() {
        var type = create(Map.of());
        String id = type.text("task_type_id");
        var task = owner.task("create", with(with(aTask("x"), "task_type_id", id), "data", Map.of("a", 1)));
        var fields = Map.of("task_type_id", id, "fields", List.of(field("a")), "force", true);
        assertThat(post("update_fields", fields).status()).isEqualTo(200);
        assertThat(owner.task("update", Map.of("task_id", task.text("task_id"), "name", "y"))
                        .body()
                        .at("/data/a")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aCategoryThatIsNotThereIsNotFound() {
        notFound(
                post("create", Map.of("name", "x", "category_id", "category-ffffffffffff")),
                "category_id",
                "category-ffffffffffff");
    }

    @Test
    void typesAreListedByCategory() {
        var type = create(Map.of("name", id("name")));
        await().until(
                        () -> post("list", Map.of("category_id", Demo.CATEGORY, "name", type.text("name")))
                                .body()
                                .at("/results/0"),
                        found -> found.equals(type.body()));
    }

    private ApiClient.Answer create(Map<String, ?> members) {
        Map<String, Object> request = new HashMap<>(Map.of("name", "Outage", "category_id", Demo.CATEGORY));
        request.putAll(members);
        var answer = post("create", request);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private ApiClient.Answer get(ApiClient.Answer type, boolean includeCategoryFields) {
        return post(
                "get",
                Map.of("task_type_id", type.text("task_type_id"), "include_category_fields", includeCategoryFields));
    }

    private ApiClient.Answer post(String verb, Map<String, ?> request) {
        return admin.post("/opsflow/v1/task-type/" + verb, request);
    }

    private static Map<String, Object> field(String id) {
        return Map.of("field_id", id, "name", id, "field_type", "TEXT");
    }
}
