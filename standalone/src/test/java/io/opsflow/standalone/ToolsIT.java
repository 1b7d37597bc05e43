package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.standalone.StandaloneHome.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars where there is nothing for their tools to do; what they do beside an instance is in StandaloneJarIT. */
class ToolsIT {

    @TempDir
    Path directory;

    @Test
    void aWrongWordEndsWithTheToolsThereAreAndNothingIsMade() {
        for (String jar : List.of("standalone", "command-side", "query-side")) {
            Result result = StandaloneHome.tool(jar, Map.of("OPSFLOW_HOME", home().toString()), "verfy");

            assertThat(result.lines().getFirst()).isEqualTo("There is no tool verfy. The tools are:");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(home()).doesNotExist();
    }

    @Test
    void aHomeWithoutAnInstanceIsNamedAndNotMade() {
        Result result = new StandaloneHome(home()).standalone(Map.of(), "verify");

        assertThat(result.lines())
                .containsExactly("There is no OpsFlow in " + home() + "; OPSFLOW_HOME names another directory.");
        assertThat(result.code()).isEqualTo(2);
        assertThat(home()).doesNotExist();
    }

    @Test
    void settingsAreCheckedByEachJarAndNothingIsStarted() {
        Map<String, String> mistaken =
                Map.of("OPSFLOW_HOME", home().toString(), "OPSFLOW_KAFKA_TOPIC", "a topic", "OPSFLOW_FEED_GRUOP", "g");
        String ofTopics = "OPSFLOW_KAFKA_TOPIC must be letters, digits, dots, underscores and hyphens, at most 249.";
        String ofJwks = "OPSFLOW_JWKS is not set: it is the file or URL of the JWK set that verifies tokens.";

        Result standalone = StandaloneHome.tool("standalone", mistaken, "check-config");
        assertThat(standalone.lines())
                .containsExactly(
                        ofTopics,
                        "OPSFLOW_FEED_GRUOP is no setting of this service; OPSFLOW_FEED_GROUP may be meant.",
                        "The service would not start with these settings.");
        assertThat(standalone.code()).isEqualTo(1);
        Result commandSide = StandaloneHome.tool("command-side", mistaken, "check-config");
        assertThat(commandSide.lines())
                .contains(
                        ofTopics,
                        ofJwks,
                        "OPSFLOW_EVENT_STORE_URL is not set: it is the JDBC URL of the event store's database.",
                        "OPSFLOW_HOME is no setting of this service.");
        assertThat(commandSide.code()).isEqualTo(1);
        Result querySide = StandaloneHome.tool("query-side", mistaken, "check-config");
        assertThat(querySide.lines())
                .contains(
                        ofTopics,
                        ofJwks,
                        "OPSFLOW_READ_MODEL_URL is not set: it is the JDBC URL of the read model's database.")
                .noneMatch(line -> line.contains("OPSFLOW_EVENT_STORE_URL"));
        assertThat(querySide.code()).isEqualTo(1);
        Result right = StandaloneHome.tool("standalone", Map.of("OPSFLOW_HOME", home().toString()), "check-config");
        assertThat(right.lines()).last().isEqualTo("The settings are right.");
        assertThat(right.code()).isZero();
        assertThat(home()).doesNotExist();
    }

    /** What somebody has exported for a deployment is not what its demo is written to. */
    @Test
    void standaloneRefusesTheServersOfOthers() {
        for (String setting :
                List.of("OPSFLOW_EVENT_STORE_URL", "OPSFLOW_READ_MODEL_PASSWORD_FILE", "OPSFLOW_KAFKA_BOOTSTRAP")) {
            Map<String, String> exported = Map.of("OPSFLOW_HOME", home().toString(), setting, "of-others:9092");
            for (String[] arguments : List.of(new String[] {"check-config"}, new String[] {"verify"}, new String[0])) {
                Result refused = StandaloneHome.tool("standalone", exported, arguments);
                assertThat(refused.lines())
                        .containsExactly(
                                setting
                                        + " is set, and standalone brings its own servers: unset it, or start command-side.jar and query-side.jar.");
                boolean isATool = arguments.length > 0 && !arguments[0].equals("check-config");
                assertThat(refused.code()).isEqualTo(isATool ? 2 : 1);
            }
        }
        assertThat(home()).doesNotExist();
    }

    private Path home() {
        return directory.resolve("home");
    }
}
