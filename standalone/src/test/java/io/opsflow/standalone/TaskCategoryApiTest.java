package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskCategoryApiTest extends ServiceTest {

    private static final Map<String, Object> OPTIONS = options("To Do", "Doing", "Done");

    private final ApiClient admin = admin();

    @Test
    void aCategoryIsAnsweredInFullAndItsStatusesGetIds() {
        var category = create(Map.of());

        assertThat(category.body().propertyNames())
                .containsExactly(
                        "category_id",
                        "name",
                        "description",
                        "status_options",
                        "fields",
                        "state",
                        "tags",
                        "package_id",
                        "domain_id",
                        "created_at",
                        "updated_at",
                        "deleted_at");
        assertThat(category.text("category_id")).matches("category-[0-9a-f]{12}");
        assertThat(category.text("state")).isEqualTo("ACTIVE");
        assertThat(category.text("deleted_at")).isEmpty();
        assertThat(category.text("domain_id")).isEqualTo(Demo.DOMAIN);
        assertThat(category.body().at("/status_options/TODO/0/status_id").stringValue())
                .matches("status-[0-9a-f]{12}");
        await().until(
                        () -> get(category.text("category_id")),
                        read -> read.body().equals(category.body()));
    }

    @Test
    void theFirstOfAListIsItsDefaultWhereNoneIsMarked() {
        var category = create(Map.of("status_options", options("To Do", "Doing", "Done", "Rejected")));
        assertThat(category.body().at("/status_options/COMPLETED/0/is_default").booleanValue())
                .isTrue();
        assertThat(category.body().at("/status_options/COMPLETED/1/is_default").booleanValue())
                .isFalse();
    }

    @Test
    void eachListNeedsAnOptionAndOnlyOneDefault() {
        Map<String, Object> incomplete = new HashMap<>(OPTIONS);
        incomplete.put("IN_PROGRESS", List.of());
        required(post("create", Map.of("name", "x", "status_options", incomplete)), "status_options.IN_PROGRESS");
        required(post("create", Map.of("name", "x")), "status_options");
        var marked = Map.of("name", "x", "isDefault", true);
        invalid(
                post("create", Map.of("name", "x", "status_options", with(OPTIONS, "TODO", List.of(marked, marked)))),
                "status_options.TODO",
                "only one can be the default");
        var same = Map.of("name", "x", "status_id", "status-1");
        invalid(
                post("create", Map.of("name", "x", "status_options", with(OPTIONS, "TODO", List.of(same, same)))),
                "status_options",
                "status_id given twice: status-1");
    }

    @Test
    void updateChangesWhatIsGiven() {
        var category = create(Map.of());
        var updated = post("update", Map.of("category_id", category.text("category_id"), "name", "Requests"));
        assertThat(updated.text("name")).isEqualTo("Requests");
        assertThat(updated.body().get("status_options"))
                .isEqualTo(category.body().get("status_options"));
    }

    @Test
    void aStatusThatNoTaskHoldsIsRemoved() {
        var category = create(Map.of());
        var updated = post(
                "update",
                Map.of("category_id", category.text("category_id"), "status_options", options("a", "b", "c")));
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body().at("/status_options").findValuesAsString("name"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aStatusThatATaskHoldsIsRemovedByForceAndTheTaskMovesToTheDefaultOfTheList() {
        var category = create(Map.of("status_options", options("To Do", "Doing", "Done", "Rejected")));
        String id = category.text("category_id");
        String done = statusId(category, "COMPLETED", 0);
        String rejected = statusId(category, "COMPLETED", 1);
        String type = type(id).text("task_type_id");
        var task = owner.task("create", with(with(aTask("x"), "task_type_id", type), "status_id", rejected));
        Map<String, Object> options = new HashMap<>();
        options.put("TODO", category.body().at("/status_options/TODO"));
        options.put("IN_PROGRESS", category.body().at("/status_options/IN_PROGRESS"));
        options.put("COMPLETED", List.of(Map.of("name", "Closed", "status_id", done)));
        Map<String, Object> update = Map.of("category_id", id, "status_options", options);

        refused(post("update", update), 400, "ERROR_EXIST_RESOURCE", "'Task' resources is existed in TaskCategory.");
        assertThat(post("update", with(update, "force", true)).status()).isEqualTo(200);

        Map<String, String> taskId = Map.of("task_id", task.text("task_id"));
        var moved = await().atMost(Duration.ofSeconds(20))
                .until(() -> owner.task("get", taskId), read -> read.status() == 200 && read.version() == 1);
        assertThat(moved.text("status_id")).isEqualTo(done);
        assertThat(moved.text("status_type")).isEqualTo("COMPLETED");
        assertThat(moved.text("completed_at")).isEqualTo(task.text("completed_at"));
        invalid(
                owner.task("change_status", Map.of("task_id", task.text("task_id"), "status_id", rejected)),
                "status_id",
                "it is not a status of the task's category");
    }

    @Test
    void aStatusCannotMoveToAnotherListNotEvenByForce() {
        var category = create(Map.of());
        var swapped = Map.of(
                "TODO", category.body().at("/status_options/IN_PROGRESS"),
                "IN_PROGRESS", category.body().at("/status_options/TODO"),
                "COMPLETED", category.body().at("/status_options/COMPLETED"));
        invalid(
                post(
                        "update",
                        Map.of("category_id", category.text("category_id"), "status_options", swapped, "force", true)),
                "status_options",
                "a status cannot move to another list: " + statusId(category, "TODO", 0));
    }

    @Test
    void aDeletedCategoryIsListedOnDemandAndTakesNoTasks() {
        var category = create(Map.of());
        String id = category.text("category_id");
        var type = type(id);
        String todo = statusId(category, "TODO", 0);
        String done = statusId(category, "COMPLETED", 0);
        var request = with(with(aTask("x"), "task_type_id", type.text("task_type_id")), "status_id", todo);
        String task = created(owner, request).text("task_id");

        assertThat(post("delete", Map.of("category_id", id)).body().toString()).isEqualTo("{}");

        invalid(owner.task("create", request), "task_type_id", "its category is deleted");
        invalid(
                owner.task("change_status", Map.of("task_id", task, "status_id", done)),
                "status_id",
                "its category is deleted");
        assertThat(owner.task("get", Map.of("task_id", task)).status()).isEqualTo(200);
        assertThat(owner.task("update", Map.of("task_id", task, "name", "y")).text("name"))
                .isEqualTo("y");
        assertThat(owner.task("change_status", Map.of("task_id", task, "status_id", todo, "assignee", "kim"))
                        .text("assignee"))
                .isEqualTo("kim");
        invalid(post("update", Map.of("category_id", id, "name", "x")), "category_id", "the category is deleted");
        assertThat(post("delete", Map.of("category_id", id)).status()).isEqualTo(200);
        await().until(() -> get(id).text("state").equals("DELETED"));
        assertThat(get(id).text("deleted_at")).isNotEmpty();
        assertThat(count(Map.of("category_id", id))).isZero();
        assertThat(count(Map.of("category_id", id, "include_deleted", true))).isEqualTo(1);
    }

    @Test
    void anAdminOfTheSystemNamesTheDomainAndNobodyElseDoes() {
        ApiClient system = as(service()
                .identity()
                .token(Demo.ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("root"));
        var request = Map.of("name", "x", "status_options", OPTIONS, "domain_id", Demo.OTHER_DOMAIN);
        assertThat(system.post("/opsflow/v1/task-category/create", request).text("domain_id"))
                .isEqualTo(Demo.OTHER_DOMAIN);
        assertThat(admin.post("/opsflow/v1/task-category/create", request).text("domain_id"))
                .isEqualTo(Demo.DOMAIN);
    }

    @Test
    void statCountsCategories() {
        String name = id("name");
        create(Map.of("name", name));
        var query = Map.of(
                "filter", List.of(Map.of("k", "name", "v", name, "o", "eq")),
                "aggregate", List.of(Map.of("count", Map.of("name", "n"))));
        await().until(() ->
                post("stat", Map.of("query", query)).body().at("/results/0/n").intValue() == 1);
    }

    private ApiClient.Answer create(Map<String, ?> members) {
        Map<String, Object> request = new HashMap<>(Map.of("name", "Incidents", "status_options", OPTIONS));
        request.putAll(members);
        var answer = post("create", request);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private ApiClient.Answer type(String categoryId) {
        return admin.post("/opsflow/v1/task-type/create", Map.of("name", "Outage", "category_id", categoryId));
    }

    private static String statusId(ApiClient.Answer category, String list, int number) {
        return category.body()
                .at("/status_options/%s/%d/status_id".formatted(list, number))
                .stringValue();
    }

    private int count(Map<String, ?> request) {
        return post("list", request).body().get("total_count").intValue();
    }

    private ApiClient.Answer get(String id) {
        return post("get", Map.of("category_id", id));
    }

    private ApiClient.Answer post(String verb, Map<String, ?> request) {
        return admin.post("/opsflow/v1/task-category/" + verb, request);
    }

    private static Map<String, Object> options(String todo, String inProgress, String... completed) {
        return Map.of(
                "TODO", List.of(Map.of("name", todo)),
                "IN_PROGRESS", List.of(Map.of("name", inProgress)),
                "COMPLETED",
                        Arrays.stream(completed)
                                .map(name -> Map.of("name", name))
                                .toList());
    }
}
