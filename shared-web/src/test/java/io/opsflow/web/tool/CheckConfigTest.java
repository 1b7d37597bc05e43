package io.opsflow.web.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the settings of this module; each side has its own test, and the jars are tried in standalone. */
class CheckConfigTest {

    private static final String RIGHT = "The settings are right.";
    private static final String WRONG = "The service would not start with these settings.";

    @TempDir
    Path directory;

    private record Result(int code, List<String> lines) {}

    @Test
    void whatIsRightIsShownWithoutItsSecrets() {
        Result result = check(Map.of(
                "opsflow.jwks", "https://me:pass@keys.example.com:8443/jwks?a=1&access_token=s3cret&b=2",
                "opsflow.root-domain", "domain-root"));

        assertThat(result.lines())
                .map(line -> line.replaceFirst(" +", " "))
                .containsSubsequence(
                        "OPSFLOW_JWKS https://me:(secret)@keys.example.com:8443/jwks?a=1&access_token=(secret)&b=2",
                        "OPSFLOW_ROOT_DOMAIN domain-root",
                        RIGHT);
        assertThat(result.code()).isZero();
    }

    @Test
    void allThatIsMissingIsSaidAtOnce() {
        Result result = check(Map.of("opsflow.jwks", " "));

        assertThat(result.lines())
                .containsExactly(
                        "OPSFLOW_JWKS is not set: it is the file or URL of the JWK set that verifies tokens.",
                        "OPSFLOW_ROOT_DOMAIN is not set: it is the id of the domain whose admins are admins of the system.",
                        WRONG);
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aFileOfKeysIsRead() {
        Path missing = directory.resolve("jwks.json");
        Result result = check(Map.of("opsflow.jwks", missing.toString(), "opsflow.root-domain", "domain-root"));

        assertThat(result.lines().getFirst())
                .startsWith("OPSFLOW_JWKS names %s, which cannot be read".formatted(missing));
        assertThat(result.lines()).hasSize(2).last().isEqualTo(WRONG);
    }

    private static Result check(Map<String, Object> settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Tools.of().run(List.of(Tools.CHECK_CONFIG), settings, new PrintStream(out, true), System.err);
        return new Result(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
