package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.standalone.openapi.ApiDocument;
import io.opsflow.standalone.openapi.Operation;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every verb: JSON in and out, the error form, limits, and where a request may come in. */
class TransportApiTest extends ServiceTest {

    private static final String PREFIX = "/opsflow/v1/";

    private static final List<String> VERBS = ApiDocument.published().operations().stream()
            .filter(Operation::takesBody)
            .map(Operation::path)
            .filter(path -> path.startsWith(PREFIX))
            .map(path -> path.substring(PREFIX.length()))
            .toList();

    private final ApiClient admin = admin();

    @Test
    void thePathsWithoutVersionAreTheSame() {
        var created = owner.post("/opsflow/task/create", aTask("Disk full"));
        assertThat(visible(owner, created).body()).isEqualTo(created.body());
        assertThat(owner.post("/opsflow/task/get_at", Map.of("task_id", created.text("task_id"), "version", 0))
                        .body())
                .isEqualTo(created.body());
        assertThat(owner.post("/opsflow/event/list", "{}")
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
        assertThat(owner.post("/opsflow/task/list", "{}")
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void everyVerbRefusesWhatIsNoJsonObject() {
        for (String verb : VERBS) {
            assertThat(admin.post("/opsflow/v1/" + verb, "{\"name\":").code()).isEqualTo("ERROR_INVALID_PARAMETER");
            wrongType(admin.post("/opsflow/v1/" + verb, "[]"), "body", "dictionary");
            assertThat(admin.post("/opsflow/v1/" + verb, "").status()).isEqualTo(400);
        }
    }

    @Test
    void everyVerbRefusesUnknownMembers() {
        for (String verb : VERBS) {
            var answer = admin.post("/opsflow/v1/" + verb, Map.of("nonsense", 1));
            assertThat(answer.status()).as("%s: %s", verb, answer.body()).isBetween(400, 403);
            assertThat(answer.body().at("/detail/message").stringValue()).isNotEmpty();
        }
        for (String verb : List.of("task/list", "event/list", "task-type/list", "task-category/list")) {
            assertThat(admin.post("/opsflow/v1/" + verb, Map.of("nonsense", 1)).message())
                    .contains("nonsense");
        }
    }

    @Test
    void onlyPostIsTaken() {
        for (String verb : VERBS) {
            var answer = admin.get("/opsflow/v1/" + verb);
            assertThat(answer.status()).as(verb).isEqualTo(405);
            assertThat(answer.code()).isEqualTo("ERROR_INVALID_ARGUMENT");
            assertThat(answer.response().headers().firstValue("Allow")).contains("POST");
        }
    }

    @Test
    void onlyJsonIsTaken() {
        var answer = owner.send(HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/list"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("ERROR_INVALID_ARGUMENT");
    }

    @Test
    void anUnknownPathIsNotFound() {
        var answer = owner.post("/opsflow/v1/task/creat", "{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("ERROR_INVALID_ARGUMENT");
    }

    @Test
    void aBodyOverOneMebibyteIsTooLarge() {
        String large = Json.write(with(aTask("x"), "description", "x".repeat(1024 * 1024)));
        var answer = owner.post("/opsflow/v1/task/create", large);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("ERROR_INVALID_ARGUMENT");

        var unannounced = owner.send(HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/create"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
        assertThat(unannounced.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\u0000b\"}",
                "{\"na\\u0000me\":\"a\"}",
                "{\"name\":\"a\\ud800b\"}",
                "{\"\\udc00\":1}",
                "{\"data\":{\"x\":[\"\\u0000\"]}}",
                "{\"data\":{\"x\":1e400}}",
                "{\"data\":{\"x\":-1e99999}}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} x",
                "{'name':'a'}",
                "{\"data\":{\"x\":NaN}}",
                "nul",
                "\"text\"",
                "7"
            })
    void whatCannotBeKeptIsRefused(String body) {
        var answer = owner.post("/opsflow/v1/task/create", body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.code()).startsWith("ERROR_INVALID_PARAMETER");
    }

    /** Longer forms of a quote and a slash, with which a filter in front can be passed by. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u00a2", "\u00c0\u00af", "\u00e0\u0080\u00af", "\u00f0\u0080\u0080\u00af", "\u00ff"})
    void whatIsNoUtf8IsRefused(String bytes) {
        byte[] body = ("{\"keyword\": \"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
        invalid(
                owner.send(HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/list"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))),
                "body",
                "not valid JSON: it is not in UTF-8");
    }

    @Test
    void deepNestingIsRefusedAndNothingBreaks() {
        String deep = "{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        var answer = owner.post("/opsflow/v1/task/create", deep);
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void everyAnswerCarriesARequestId() {
        var answer = owner.post("/opsflow/v1/task/get", "{}");
        assertThat(answer.response().headers().firstValue("X-Request-Id")).isPresent();
        var echoed = owner.send(HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/list"))
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "my-request-7")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(echoed.response().headers().firstValue("X-Request-Id")).contains("my-request-7");
    }

    @Test
    void errorsTellNothingOfTheInside() {
        for (String body : List.of("{\"name\":", "{\"query\":{\"filter\":7}}", "{\"task_id\":{}}")) {
            for (String verb : VERBS) {
                assertThat(admin.post("/opsflow/v1/" + verb, body).response().body())
                        .doesNotContain("Exception", "io.opsflow", "jackson", "org.", "java.", "\tat ");
            }
        }
    }

    @Test
    void whatOperatorsAskNeedsNoToken() {
        ApiClient nobody = new ApiClient(service().address(), null);
        assertThat(nobody.get("/check").body().toString()).isEqualTo("{\"status\":\"SERVING\"}");
        assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/prometheus").response().body())
                .contains("opsflow_relay_lag", "opsflow_feed_lag");
        assertThat(nobody.get("/swagger-ui.html").status()).isIn(200, 302);
    }
}
