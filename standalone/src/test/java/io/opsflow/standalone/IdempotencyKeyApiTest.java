package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdempotencyKeyApiTest extends ServiceTest {

    private final Map<String, String> key = Map.of("Idempotency-Key", id("key"));

    @Test
    void aRepeatedCreateGetsTheFirstAnswerAndMakesNoSecondTask() {
        var first = owner.task("create", aTask("Disk full"), key);
        owner.task("update", Map.of("task_id", first.text("task_id"), "name", "Disk empty"));
        var again = owner.task("create", aTask("Disk full"), key);

        same(again, first);
        assertThat(visible(owner, first).text("task_id")).isEqualTo(first.text("task_id"));
        assertThat(owner.task("list", Map.of()).body().get("total_count").intValue())
                .isEqualTo(1);
    }

    @Test
    void everyWriteCanBeRepeated() {
        String id = owner.task("create", aTask("Disk full")).text("task_id");
        for (Map.Entry<String, Map<String, Object>> request : Map.<String, Map<String, Object>>of(
                        "update", Map.of("task_id", id, "name", "a", "data", Map.of("b", 1, "a", 1.50)),
                        "change_status", Map.of("task_id", id, "status_id", Demo.DONE))
                .entrySet()) {
            Map<String, String> own = Map.of("Idempotency-Key", id("key"));
            var first = owner.task(request.getKey(), request.getValue(), own);
            owner.task("update", Map.of("task_id", id, "description", id("other")));
            same(owner.task(request.getKey(), request.getValue(), own), first);
        }
        var deleted = owner.task("delete", Map.of("task_id", id), key);
        same(owner.task("delete", Map.of("task_id", id), key), deleted);
        notFound(owner.task("delete", Map.of("task_id", id)), "task_id", id);
    }

    @Test
    void theCatalogToo() {
        Map<String, Object> request = Map.of("name", "x", "category_id", Demo.CATEGORY);
        var type = admin().post("/opsflow/v1/task-type/create", request, key);
        same(admin().post("/opsflow/v1/task-type/create", request, key), type);

        Map<String, String> other = Map.of("Idempotency-Key", id("key"));
        var option = List.of(Map.of("name", "x"));
        Map<String, Object> lists = Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option);
        Map<String, Object> create = Map.of("name", "x", "status_options", lists);
        var category = admin().post("/opsflow/v1/task-category/create", create, other);
        same(admin().post("/opsflow/v1/task-category/create", create, other), category);
    }

    @Test
    void aRequestThatChangedNothingIsRememberedToo() {
        String id = owner.task("create", aTask("Disk full")).text("task_id");
        var first = owner.task("update", Map.of("task_id", id, "name", "Disk full"), key);
        assertThat(first.version()).isZero();
        owner.task("update", Map.of("task_id", id, "name", "other"));

        same(owner.task("update", Map.of("task_id", id, "name", "Disk full"), key), first);
    }

    @Test
    void theKeyIsLookedUpBeforeTheVersion() {
        String id = owner.task("create", aTask("Disk full")).text("task_id");
        Map<String, String> headers = Map.of("Idempotency-Key", id("key"), "If-Match", "\"0\"");
        var first = owner.task("update", Map.of("task_id", id, "name", "a"), headers);
        same(owner.task("update", Map.of("task_id", id, "name", "a"), headers), first);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        var first = owner.task("create", aTask("Disk full"), key);
        String id = first.text("task_id");
        for (ApiClient.Answer other : List.of(
                owner.task("create", aTask("Disk empty"), key),
                owner.task("delete", Map.of("task_id", id), key),
                owner.task(
                        "create",
                        aTask("Disk full"),
                        Map.of("Idempotency-Key", key.get("Idempotency-Key"), "If-Match", "*")))) {
            refused(other, 422, "ERROR_IDEMPOTENCY_KEY_REUSED", "The Idempotency-Key was used for another request.");
        }
    }

    @Test
    void theOrderOfMembersAndTheAliasOfThePathMakeNoOtherRequest() {
        var first = owner.task("create", aTask("Disk full"), key);
        Map<String, Object> turned = new LinkedHashMap<>();
        aTask("Disk full").entrySet().stream()
                .sorted(Map.Entry.<String, Object>comparingByKey().reversed())
                .forEach(member -> turned.put(member.getKey(), member.getValue()));
        same(owner.post("/opsflow/task/create", turned, key), first);
    }

    @Test
    void aRefusedRequestLeavesNoKeyBehind() {
        invalid(
                owner.task("create", with(aTask("x"), "status_id", "status-none"), key),
                "status_id",
                "it is not a status of the task's category");
        assertThat(owner.task("create", aTask("Disk full"), key).status()).isEqualTo(200);
    }

    @Test
    void everyCallerHasKeysOfHisOwn() {
        ApiClient colleague = as(token("WORKSPACE_OWNER").workspace(workspace).user("colleague@example.com"));
        var first = owner.task("create", aTask("Disk full"), key);
        var other = colleague.task("create", aTask("Disk full"), key);
        assertThat(other.text("task_id")).isNotEqualTo(first.text("task_id"));
    }

    @Test
    void withAnotherTokenNobodySeesMoreThanItMay() {
        var first = owner.task("create", aTask("Disk full"), key);
        ApiClient elsewhere =
                as(token("WORKSPACE_OWNER").workspace(id("workspace")).user("owner@example.com"));
        notFound(elsewhere.task("create", aTask("Disk full"), key), "task_id", first.text("task_id"));
        ApiClient withoutRights = as(token("USER").workspace(workspace).user("owner@example.com"));
        denied(withoutRights.task("create", aTask("Disk full"), key));
    }

    @Test
    void aRepeatByWhoDoesNotSeeTheTasksProjectFindsNothing() {
        String id = owner.task("create", aTask("Disk full")).text("task_id");
        Map<String, Map<String, Object>> requests = new LinkedHashMap<>();
        requests.put("update", Map.of("task_id", id, "name", "a"));
        requests.put("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        requests.put("delete", Map.of("task_id", id));
        ApiClient elsewhere = as(token("WORKSPACE_MEMBER")
                .workspace(workspace)
                .user("owner@example.com")
                .projects(List.of("project-other")));
        requests.forEach((verb, request) -> {
            Map<String, String> own = Map.of("Idempotency-Key", id("key"));
            var first = owner.task(verb, request, own);
            notFound(elsewhere.task(verb, request, own), "task_id", id);
            same(owner.task(verb, request, own), first);
        });
    }

    @Test
    void aKeyIsPrintableAndShort() {
        for (String wrong : List.of("", "x".repeat(256), "a\tb")) {
            invalid(
                    owner.task("create", aTask("x"), Map.of("Idempotency-Key", wrong)),
                    "Idempotency-Key",
                    "1 to 255 printable ASCII characters");
        }
        assertThat(owner.task("create", aTask("x"), Map.of("Idempotency-Key", id("k").repeat(10)))
                        .status())
                .isEqualTo(200);
    }

    private static void same(ApiClient.Answer again, ApiClient.Answer first) {
        assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Opsflow-Consistent-With")).isEqualTo(first.header("Opsflow-Consistent-With"));
    }
}
