package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import io.opsflow.embedded.TokenBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;

/**
 * The words that the API tests are written in. One service runs for all of them; each test takes a workspace of its
 * own, so that nothing another test leaves behind is in its way.
 */
abstract class ServiceTest {

    private static final Standalone SERVICE = start();

    /** A workspace of the demo domain that no other test knows. */
    final String workspace = id("workspace");

    final ApiClient owner = as(token("WORKSPACE_OWNER").workspace(workspace).user("owner@example.com"));

    /** Whatever was tested: a log goes to many, and none of them may read this. */
    @AfterEach
    void theLogHoldsNeitherTokensNorKeysNorContent() {
        assertThat(LogWatch.leaks()).isEmpty();
    }

    private static Standalone start() {
        try {
            Standalone service = Standalone.start(Files.createTempDirectory("opsflow"), "--server.port=0");
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Standalone service() {
        return SERVICE;
    }

    static TokenBuilder token(String role) {
        return SERVICE.identity().token(Demo.DOMAIN).role(role);
    }

    static ApiClient as(TokenBuilder token) {
        return new ApiClient(SERVICE.address(), token.build());
    }

    static ApiClient admin() {
        return as(token("DOMAIN_ADMIN").user("admin@example.com"));
    }

    static String id(String prefix) {
        byte[] digits = new byte[6];
        ThreadLocalRandom.current().nextBytes(digits);
        return prefix + "-" + HexFormat.of().formatHex(digits);
    }

    /** A request that creates a task of the demo type; its members can be replaced. */
    static Map<String, Object> aTask(String name) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("status_id", Demo.TODO);
        request.put("project_id", Demo.PROJECT);
        request.put("task_type_id", Demo.TASK_TYPE);
        return request;
    }

    /** Creates it and waits until the read side answers it. */
    static ApiClient.Answer created(ApiClient client, Map<String, ?> request) {
        return visible(client, client.task("create", request));
    }

    /** Waits until {@code get} answers the state that a write has answered. */
    static ApiClient.Answer visible(ApiClient client, ApiClient.Answer write) {
        assertThat(write.status()).as("%s", write.body()).isEqualTo(200);
        Map<String, String> id = Map.of("task_id", write.text("task_id"));
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.task("get", id), read -> read.status() == 200 && read.version() >= write.version());
    }

    /** A rebuild that another test has asked for goes on behind it. */
    static void awaitNoRebuild() {
        ApiClient system = as(service()
                .identity()
                .token(Demo.ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("root@example.com"));
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        system.get("/admin/read-model").body().path("rebuild").isNull());
    }

    /** The whole answer of a refusal: status, code and the very words. */
    static void refused(ApiClient.Answer answer, int status, String code, String message) {
        assertThat(answer.body().toString()).isEqualTo(Json.write(Map.of("detail", detail(code, message))));
        assertThat(answer.status()).isEqualTo(status);
    }

    static void invalid(ApiClient.Answer answer, String key, String reason) {
        refused(
                answer,
                400,
                "ERROR_INVALID_PARAMETER",
                "Parameter is invalid. (key = %s, reason = %s)".formatted(key, reason));
    }

    static void required(ApiClient.Answer answer, String key) {
        refused(answer, 400, "ERROR_REQUIRED_PARAMETER", "Required parameter. (key = %s)".formatted(key));
    }

    static void wrongType(ApiClient.Answer answer, String key, String type) {
        refused(
                answer,
                400,
                "ERROR_INVALID_PARAMETER_TYPE",
                "Parameter type is invalid. (key = %s, type = %s)".formatted(key, type));
    }

    static void notFound(ApiClient.Answer answer, String key, String id) {
        refused(
                answer,
                404,
                "ERROR_NOT_FOUND",
                "Resource cannot be found or access is denied. (%s = %s)".formatted(key, id));
    }

    static void denied(ApiClient.Answer answer) {
        refused(answer, 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
    }

    /** The request with one member replaced. */
    static Map<String, Object> with(Map<String, Object> request, String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(request);
        changed.put(member, value);
        return changed;
    }

    private static Map<String, String> detail(String code, String message) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("code", code);
        detail.put("message", message);
        return detail;
    }
}
