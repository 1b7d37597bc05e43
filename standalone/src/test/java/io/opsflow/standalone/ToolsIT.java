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

    private Path home() {
        return directory.resolve("home");
    }
}
