package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the log says of requests, and what it never says; {@link ServiceTest} looks at the latter after each test. */
class LogTest extends ServiceTest {

    private static final String SECRET = LogWatch.SECRET;

    @Test
    void aRequestThatFailedCarriesItsIdAndItsDomain() {
        owner.task("get", Map.of("task_id", "task-000000000000"), Map.of("X-Request-Id", "log-1"));

        assertThat(lineWith("request_id=log-1"))
                .contains("INFO", "Request failed", "domain_id=" + Demo.DOMAIN)
                .contains("path=\"/opsflow/v1/task/get\"", "status=\"404\"", "code=\"ERROR_NOT_FOUND\"");
    }

    @Test
    void aWriteToWhatIsNotThereLeavesOneLine() {
        String deleted = created(owner, aTask("x")).text("task_id");
        assertThat(owner.task("delete", Map.of("task_id", deleted)).status()).isEqualTo(200);
        Map.of("log-7", "task-000000000000", "log-8", deleted).forEach((id, task) -> {
            assertThat(owner.task("update", Map.of("task_id", task, "name", "y"), Map.of("X-Request-Id", id))
                            .status())
                    .isEqualTo(404);

            assertThat(lineWith("request_id=" + id)).contains("Request failed", "status=\"404\"");
            assertThat(LogWatch.lines())
                    .filteredOn(line -> line.contains("request_id=" + id))
                    .hasSize(1);
        });
    }

    /** The service that the tests share tells no collector of traces. */
    @Test
    void aRequestThatBelongsToATraceCarriesItsId() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Map<String, String> valid =
                Map.of("X-Request-Id", "log-4", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
        Map<String, String> none = Map.of("X-Request-Id", "log-5", "traceparent", "00-" + trace + "-0-01");
        for (Map<String, String> headers : List.of(valid, none)) {
            owner.task("get", Map.of("task_id", "task-000000000000"), headers);
        }

        assertThat(lineWith("request_id=log-4")).contains("trace_id=" + trace);
        assertThat(lineWith("request_id=log-5")).doesNotContain("trace_id");
    }

    @Test
    void whatFollowsFromARequestCarriesItsDomain() {
        var list = List.of(Map.of("name", "x"));
        Map<String, Object> options = Map.of(
                "TODO",
                List.of(Map.of("status_id", "left", "name", "x"), Map.of("status_id", "removed", "name", "y")),
                "IN_PROGRESS",
                list,
                "COMPLETED",
                list);
        String category = admin().post(
                        "/opsflow/v1/task-category/create", Map.of("name", "x", "status_options", options))
                .text("category_id");
        String type = admin().post("/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", category))
                .text("task_type_id");
        owner.task("create", with(with(aTask("x"), "task_type_id", type), "status_id", "removed"));

        Map<String, Object> fewer = with(options, "TODO", List.of(Map.of("status_id", "left", "name", "x")));
        assertThat(admin().post(
                                "/opsflow/v1/task-category/update",
                                Map.of("category_id", category, "status_options", fewer, "force", true))
                        .status())
                .isEqualTo(200);

        assertThat(lineWith("1 tasks of " + category)).contains("domain_id=" + Demo.DOMAIN);
    }

    @Test
    void whatATaskSaysIsNotLogged() {
        Map<String, Object> request = new HashMap<>(aTask(SECRET));
        request.put("description", SECRET);
        request.put("assignee", SECRET);
        request.put("files", List.of(SECRET));
        request.put("data", Map.of(SECRET, SECRET));
        request.put("mentions", Map.of("USER", List.of(SECRET)));
        var task = created(owner, request);
        Map<String, Object> change = Map.of("task_id", task.text("task_id"), "name", SECRET + " twice");
        assertThat(owner.task("update", change, Map.of("Idempotency-Key", SECRET))
                        .status())
                .isEqualTo(200);
        assertThat(owner.task("update", with(change, "name", SECRET + " again"), Map.of("Idempotency-Key", SECRET))
                        .status())
                .isEqualTo(422);
        assertThat(owner.task("list", Map.of("query", Map.of("keyword", SECRET)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatABadRequestHoldsIsNotLogged() {
        List<String> bodies = List.of(
                "{\"name\": \"" + SECRET,
                "{\"" + SECRET + "\": 1}",
                "{\"name\": {\"" + SECRET + "\": 1}}",
                "{\"name\": \"" + SECRET + "\", \"name\": \"" + SECRET + "\"}",
                "{\"name\": \"" + SECRET + "\\u0000\"}",
                "{\"name\": \"x\", \"status_id\": \"" + SECRET + "\", \"project_id\": \"p\", \"task_type_id\": \"t\"}",
                "{\"name\": \"x\", \"status_id\": \"s\", \"project_id\": \"p\", \"task_type_id\": \"t\", \"priority\": \""
                        + SECRET + "\"}",
                "{\"name\": \"" + (SECRET + " ").repeat(60_000) + "\"}",
                "\"" + SECRET + "\"");
        for (String body : bodies) {
            assertThat(owner.post("/opsflow/v1/task/create", body, Map.of("X-Request-Id", "log-2"))
                            .status())
                    .as(body.substring(0, Math.min(200, body.length())))
                    .isBetween(400, 499);
        }
        List<String> queries = List.of(
                "{\"filter\": [{\"k\": \"" + SECRET + "\", \"v\": 1, \"o\": \"eq\"}]}",
                "{\"filter\": [{\"k\": \"name\", \"v\": \"(" + SECRET + "\", \"o\": \"regex\"}]}",
                "{\"filter\": [{\"k\": \"created_at\", \"v\": \"" + SECRET + "\", \"o\": \"datetime_gt\"}]}",
                "{\"filter\": [{\"k\": \"name\", \"v\": \"x\", \"o\": \"" + SECRET + "\"}]}");
        for (String query : queries) {
            assertThat(owner.post("/opsflow/v1/task/list", "{\"query\": " + query + "}")
                            .status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(owner.get("/opsflow/v1/task/nothing?name=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                        .status())
                .isBetween(404, 405);
        assertThat(lineWith("request_id=log-2")).contains("Request failed");
    }

    @Test
    void noTokenIsLoggedWhateverItIsWorth() {
        String expired = token("WORKSPACE_OWNER")
                .expiresIn(java.time.Duration.ofSeconds(-60))
                .build();
        String whole = owner.token();
        for (String token : List.of(expired, whole + "x", whole.substring(0, 100), SECRET, "eyJ" + SECRET + ".e30.x")) {
            assertThat(new ApiClient(service().address(), token)
                            .task("get", Map.of("task_id", "task-000000000000"), Map.of("X-Request-Id", "log-3"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(lineWith("request_id=log-3")).contains("ERROR_AUTHENTICATE_FAILURE");

        assertThat(owner.get("/opsflow/v1/log-6/" + whole + "/" + whole.substring(0, 20))
                        .status())
                .isEqualTo(404);
        assertThat(lineWith("/opsflow/v1/log-6")).contains("path=\"/opsflow/v1/log-6/<token>/<token>\"");
    }

    /** The answer may arrive before the line is written. */
    private static String lineWith(String text) {
        return await().until(
                        () -> LogWatch.lines().stream()
                                .filter(line -> line.contains(text))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty());
    }
}
