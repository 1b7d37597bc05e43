package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathsTest extends FaceTest {

    @Test
    void checkSaysThatTheServiceIsServing() {
        assertThat(send("/check", r -> r).body()).isEqualTo("{\"status\":\"SERVING\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/check",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/swagger-ui/index.html"
            })
    void noTokenIsNeededAndNoneDoesHarm(String path) {
        assertThat(send(path, r -> r).statusCode()).isEqualTo(200);
        assertThat(send(path, r -> r.header("Authorization", "Bearer garbage")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theApiPageIsFoundUnderItsShortName() {
        HttpResponse<String> response = send("/swagger-ui.html", r -> r);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).endsWith("/swagger-ui/index.html");
    }

    @Test
    void theApiPageShowsThisApi() {
        assertThat(send("/swagger-ui/swagger-initializer.js", r -> r).body()).contains("'../v3/api-docs'");
        assertThat(send("/swagger-ui/swagger-ui-bundle.js", r -> r).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theWholeApiIsDescribedByEitherSide() {
        assertThat(send("/v3/api-docs", r -> r).body())
                .contains("\"openapi\":\"3.1.0\"", "/opsflow/v1/task/create", "/opsflow/v1/task/list", "/admin/feed");
    }

    @Test
    void healthTellsNothingButTheStatus() {
        assertThat(send("/actuator/health/liveness", r -> r).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(send("/actuator/health", r -> r).body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("details", "disk");
    }

    @Test
    void aPartThatThereIsNotIsRefusedInTheApisForm() {
        assertRefused(
                send("/actuator/health/nonsense", r -> r),
                404,
                "ERROR_INVALID_ARGUMENT",
                "There is nothing at this path.");
    }

    @Test
    void metricsCarryNoTenant() {
        post(CREATE, "{\"task_name\": \"a\"}");
        // A request is counted when its answer is on its way already.
        String metrics =
                await().until(() -> send("/actuator/prometheus", r -> r).body(), text -> text.contains(CREATE));
        assertThat(metrics).contains("http_server_requests_seconds").doesNotContain("domain-a", "workspace-1");
    }
}
