package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    void removingAStatusIsRefusedForNow() {
        var category = create(Map.of());
        String removed = category.body().at("/status_options/TODO/0/status_id").stringValue();
        invalid(
                post("update", Map.of("category_id", category.text("category_id"), "status_options", OPTIONS)),
                "status_options",
                "removing a status is not available yet: " + removed);
    }

    @Test
    void aDeletedCategoryIsListedOnDemandAndTakesNoTasks() {
        var category = create(Map.of());
        String id = category.text("category_id");
        var type = admin.post("/opsflow/v1/task-type/create", Map.of("name", "Outage", "category_id", id));
        String todo = category.body().at("/status_options/TODO/0/status_id").stringValue();
        String done =
                category.body().at("/status_options/COMPLETED/0/status_id").stringValue();
        var request = with(with(aTask("x"), "task_type_id", type.text("task_type_id")), "status_id", todo);
        String task = created(owner, request).text("task_id");

        assertThat(post("delete", Map.of("category_id", id)).body().toString()).isEqualTo("{}");

        invalid(owner.task("create", request), "task_type_id", "its category is deleted");
        invalid(
                owner.task("change_status", Map.of("task_id", task, "status_id", done)),
                "status_id",
                "its category is deleted");
        assertThat(owner.task("get", Map.of("task_id", task)).status()).isEqualTo(200);
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
