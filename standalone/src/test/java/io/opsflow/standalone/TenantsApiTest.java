package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.EmbeddedIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strangers see nothing: another tenant's data does not exist, on every verb and through every door of a query. */
class TenantsApiTest extends ServiceTest {

    private final ApiClient.Answer task = created(owner, with(aTask("a secret name"), "data", Map.of("a", "b")));
    private final String id = task.text("task_id");

    static Stream<ApiClient> strangers() {
        EmbeddedIdentity identity = service().identity();
        return Stream.of(
                as(token("WORKSPACE_OWNER").workspace("workspace-other").user("a")),
                as(token("WORKSPACE_MEMBER").workspace("workspace-other").user("b")),
                as(identity.token(Demo.OTHER_DOMAIN).role("DOMAIN_ADMIN").user("c")),
                as(identity.token(Demo.OTHER_DOMAIN)
                        .role("WORKSPACE_OWNER")
                        .workspace(Demo.WORKSPACE)
                        .user("d")));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void everyVerbAnswersThatThereIsNothing(ApiClient stranger) {
        for (Map.Entry<String, Map<String, String>> request : Map.of(
                        "get", Map.of("task_id", id),
                        "get_at", Map.of("task_id", id, "version", "0"),
                        "history", Map.of("task_id", id),
                        "update", Map.of("task_id", id, "name", "x"),
                        "change_status", Map.of("task_id", id, "status_id", Demo.DONE),
                        "delete", Map.of("task_id", id))
                .entrySet()) {
            var answer = stranger.task(request.getKey(), request.getValue());
            notFound(answer, "task_id", id);
            assertThat(answer.response().headers().firstValue("ETag")).isEmpty();
        }
        assertThat(owner.task("get", Map.of("task_id", id)).body()).isEqualTo(task.body());
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void noQueryReachesAcross(ApiClient stranger) {
        var byId = Map.of("k", "task_id", "v", id, "o", "eq");
        var always = Map.of("k", "name", "v", true, "o", "exists");
        for (Map<String, ?> query : List.<Map<String, ?>>of(
                Map.of("filter", List.of(byId)),
                Map.of("filter_or", List.of(byId, always)),
                Map.of("filter", List.of(Map.of("k", "workspace_id", "v", workspace, "o", "eq"))),
                Map.of("filter_or", List.of(Map.of("k", "domain_id", "v", Demo.DOMAIN, "o", "eq"))),
                Map.of("keyword", "secret"),
                Map.of("keyword", "secret", "filter_or", List.of(always)))) {
            assertThat(stranger.task("list", Map.of("query", query)).response().body())
                    .doesNotContain("secret", id);
        }
        assertThat(stranger.task("list", Map.of("task_id", id))
                        .body()
                        .get("total_count")
                        .intValue())
                .isZero();
        assertThat(stranger.task("list", Map.of("workspace_id", workspace))
                        .body()
                        .get("total_count")
                        .intValue())
                .isZero();
        for (Map<String, ?> query : List.<Map<String, ?>>of(
                Map.of("distinct", "name"),
                Map.of("distinct", "task_id", "filter_or", List.of(byId, always)),
                Map.of(
                        "aggregate",
                        List.of(Map.of(
                                "group",
                                Map.of(
                                        "keys", List.of(Map.of("k", "name", "n", "name")),
                                        "fields", List.of(Map.of("n", "count", "o", "count")))))))) {
            assertThat(stranger.task("stat", Map.of("query", query)).response().body())
                    .doesNotContain("secret", id);
        }
    }

    @Test
    void theCatalogOfAnotherDomainDoesNotExist() {
        ApiClient stranger = as(service()
                .identity()
                .token(Demo.OTHER_DOMAIN)
                .role("DOMAIN_ADMIN")
                .user("c"));
        for (String verb : List.of("get", "update", "delete")) {
            notFound(
                    stranger.post("/opsflow/v1/task-category/" + verb, Map.of("category_id", Demo.CATEGORY)),
                    "category_id",
                    Demo.CATEGORY);
            notFound(
                    stranger.post("/opsflow/v1/task-type/" + verb, Map.of("task_type_id", Demo.TASK_TYPE)),
                    "task_type_id",
                    Demo.TASK_TYPE);
        }
        notFound(
                stranger.post("/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", Demo.CATEGORY)),
                "category_id",
                Demo.CATEGORY);
        assertThat(stranger.post("/opsflow/v1/task-type/list", Map.of())
                        .response()
                        .body())
                .doesNotContain(Demo.TASK_TYPE);
        ApiClient worker = as(service()
                .identity()
                .token(Demo.OTHER_DOMAIN)
                .role("WORKSPACE_OWNER")
                .workspace("workspace-x")
                .user("d"));
        notFound(worker.task("create", aTask("x")), "task_type_id", Demo.TASK_TYPE);
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedOnBothSides() {
        EmbeddedIdentity identity = service().identity();
        String forged = token("WORKSPACE_OWNER")
                .workspace(workspace)
                .user("x")
                .signedBy(Demo.OTHER_DOMAIN)
                .build();
        String expired = token("WORKSPACE_OWNER")
                .workspace(workspace)
                .user("x")
                .expiresIn(Duration.ofSeconds(-1))
                .build();
        String usurper =
                identity.token(Demo.OTHER_DOMAIN).role("SYSTEM_ADMIN").user("x").build();
        for (String path : List.of("/opsflow/v1/task/list", "/opsflow/v1/task/create")) {
            unauthenticated(new ApiClient(service().address(), null).post(path, "{}"), "empty token provided.");
            unauthenticated(new ApiClient(service().address(), "garbage").post(path, "{}"), "failed to decode token.");
            for (String token : List.of(forged, expired, usurper)) {
                unauthenticated(
                        new ApiClient(service().address(), token).post(path, "{}"), "Token is invalid or expired.");
            }
        }
    }

    private static void unauthenticated(ApiClient.Answer answer, String reason) {
        refused(answer, 401, "ERROR_AUTHENTICATE_FAILURE", "Authenticate failure. (message = %s)".formatted(reason));
    }
}
