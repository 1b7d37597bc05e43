package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    @TempDir
    Path directory;

    @Test
    void settingsComeFromEnvironmentVariables() {
        Path jwks = EmbeddedIdentity.create().addKey("domain-a").writeJwks(directory.resolve("jwks.json"));
        try (ConfigurableApplicationContext face =
                start(Map.of("OPSFLOW_JWKS", jwks.toString(), "OPSFLOW_ROOT_DOMAIN", "domain-root"))) {
            assertThat(face.isRunning()).isTrue();
        }
    }

    @Test
    void withoutKeysThereIsNoStart(CapturedOutput output) {
        assertNoStart(Map.of("OPSFLOW_ROOT_DOMAIN", "domain-root"), "OPSFLOW_JWKS is not set", output);
    }

    @Test
    void withoutARootDomainThereIsNoStart(CapturedOutput output) {
        Path jwks = EmbeddedIdentity.create().addKey("domain-a").writeJwks(directory.resolve("jwks.json"));
        assertNoStart(Map.of("OPSFLOW_JWKS", jwks.toString()), "OPSFLOW_ROOT_DOMAIN is not set", output);
    }

    @Test
    void variablesThatMeanNothingAreWarnedOf(CapturedOutput output) {
        Path jwks = EmbeddedIdentity.create().addKey("domain-a").writeJwks(directory.resolve("jwks.json"));
        Map<String, Object> variables = Map.of(
                "OPSFLOW_JWKS", jwks.toString(),
                "OPSFLOW_ROOTDOMAIN", "domain-root",
                "OPSFLOW_JWSK", "s3cret",
                "OPSFLOW_SOMETHING_ELSE", "s3cret",
                "OPSFLOW_GATEWAY_SERVICE_HOST", "10.0.0.1",
                "OPSFLOW_GATEWAY_PORT_8080_TCP_ADDR", "10.0.0.1",
                "ANOTHER_PROGRAMS", "s3cret");

        start(variables).close();

        assertThat(output.getAll()
                        .lines()
                        .filter(line -> line.contains(" WARN "))
                        .map(line -> line.split(" : ")[1].strip()))
                .containsExactly(
                        "OPSFLOW_JWSK is no setting of this service; OPSFLOW_JWKS may be meant.",
                        "OPSFLOW_SOMETHING_ELSE is no setting of this service.");
        assertThat(output.getAll()).doesNotContain("s3cret");
    }

    @Test
    void aCollectorIsToldAndLogLinesCarryTheTrace(CapturedOutput output) throws Exception {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Map<String, Object> variables = new HashMap<>(domains());
        variables.put("OPSFLOW_OTLP_ENDPOINT", "http://127.0.0.1:9/"); // nobody takes it
        try (ConfigurableApplicationContext face = start(variables)) {
            Traces traces = face.getBean(Traces.class);
            String port = face.getEnvironment().getRequiredProperty("local.server.port");
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/opsflow/v1/task/create"))
                    .header("traceparent", parent)
                    .header("X-Request-Id", "traced-1")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(401);
            await().untilAsserted(() -> assertThat(output).contains("[traced-1  0af7651916cd43dd8448eb211c80319c]"));
            assertThat(face.getEnvironment().getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
                    .isEqualTo("http://127.0.0.1:9/v1/traces");
            assertThat(traces.areOn()).isTrue();
            assertThat(traces.below(parent, "append").traceparent())
                    .matches("00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01");
            assertThat(traces.below(parent.replace("-01", "-00"), "append").traceparent())
                    .endsWith("-00");
            for (String wrong : List.of("", "x", parent + "0", parent.replace("00-", "ff-"))) {
                assertThat(traces.below(wrong, "append")).isSameAs(Step.NONE);
            }
            assertThat(traces.ofEvent(parent, Instant.now().minus(Duration.ofHours(2)), "relay", Traces.Hop.OUT))
                    .as("the past is read again")
                    .isSameAs(Step.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPSFLOW_OTLP_ENDPOINT, collector:4318, OPSFLOW_OTLP_ENDPOINT must be",
        "OPSFLOW_OTLP_SAMPLED, 2, OPSFLOW_OTLP_SAMPLED must be",
        "OPSFLOW_LOG_FORMAT, json, OPSFLOW_LOG_FORMAT must be"
    })
    void aWrongSettingOfTracesOrTheLogEndsTheStart(String name, String value, String sentence, CapturedOutput output) {
        Map<String, Object> variables = new HashMap<>(domains());
        variables.put(name, value);
        assertNoStart(variables, sentence, output);
    }

    private Map<String, Object> domains() {
        Path jwks = EmbeddedIdentity.create().addKey("domain-a").writeJwks(directory.resolve("jwks.json"));
        return Map.of("OPSFLOW_JWKS", jwks.toString(), "OPSFLOW_ROOT_DOMAIN", "domain-root");
    }

    private static void assertNoStart(Map<String, Object> variables, String sentence, CapturedOutput output) {
        assertThatThrownBy(() -> start(variables).close()).hasRootCauseInstanceOf(WrongSetting.class);
        assertThat(output.getAll()).contains(sentence).doesNotContain("\tat ");
    }

    private static ConfigurableApplicationContext start(Map<String, Object> variables) {
        SpringApplication face = new SpringApplication(TestFace.class);
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        face.setEnvironment(environment);
        return face.run("--server.port=0", "--server.address=127.0.0.1");
    }
}
