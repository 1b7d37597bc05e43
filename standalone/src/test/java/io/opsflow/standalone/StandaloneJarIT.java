package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import io.opsflow.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a newcomer does with the jar, and what can happen to it. */
class StandaloneJarIT {

    @TempDir
    Path directory;

    private final int port = FreePort.find();

    @Test
    void itSurvivesEverythingANewcomerDoesToIt() throws Exception {
        JsonNode first;
        try (JarProcess service = start()) {
            service.awaitLine("-d '{\"name\"");
            assertThat(service.output()).as("what a newcomer has to read").hasSizeLessThan(50);
            first = pasteTheCurl(service);
            assertThat(first.get("status_type").stringValue()).isEqualTo("TODO");

            JarProcess second = start();
            assertThat(second.awaitEnd(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(second.output()).anyMatch(line -> line.startsWith("Another OpsFlow is running on " + home()));

            service.kill();
        }
        try (JarProcess service = start()) {
            service.awaitLine("-d '{\"name\"");
            awaitGet(first); // written before the kill -9
            JsonNode next = pasteTheCurl(service);

            assertThat(service.terminate(Duration.ofSeconds(10))).isIn(0, 143);
            try (JarProcess again = start()) {
                again.awaitLine("OpsFlow is ready");
                awaitGet(next);
                again.terminate(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void aPortInUseEndsTheStartWithASentence() throws Exception {
        try (var taken = new java.net.ServerSocket(port, 1, java.net.InetAddress.getByName("127.0.0.1"));
                JarProcess service = start()) {
            assertThat(taken.isBound()).isTrue();
            assertThat(service.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(service.output())
                    .anyMatch(line -> line.contains("Port " + port))
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private JarProcess start() {
        return JarProcess.start(
                "standalone", Map.of("OPSFLOW_HOME", home().toString(), "SERVER_PORT", Integer.toString(port)));
    }

    private Path home() {
        return directory.resolve("home");
    }

    /** Reads follow writes, also those of before the restart. */
    private void awaitGet(JsonNode task) {
        await().atMost(Duration.ofSeconds(20)).until(() -> get(task).body(), task::equals);
    }

    private ApiClient.Answer get(JsonNode task) throws IOException {
        String token = Files.readString(home().resolve("tokens/workspace-member.jwt"));
        return new ApiClient("http://localhost:" + port, token)
                .task("get", Map.of("task_id", task.get("task_id").stringValue()));
    }

    /** Runs the command that the service printed, as a shell would. */
    private static JsonNode pasteTheCurl(JarProcess service) throws Exception {
        String output = String.join("\n", service.output());
        String command =
                output.substring(output.indexOf("curl -s "), output.indexOf("}'", output.indexOf("curl -s ")) + 2);
        Process shell = new ProcessBuilder("bash", "-c", command).start();
        String answer = new String(shell.getInputStream().readAllBytes());
        assertThat(shell.waitFor()).isZero();
        return Json.mapper().readTree(answer);
    }
}
