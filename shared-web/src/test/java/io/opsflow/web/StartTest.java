package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.web.setting.WrongSetting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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
