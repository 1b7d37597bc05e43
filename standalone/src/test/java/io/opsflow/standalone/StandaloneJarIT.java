package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.standalone.OtlpReceiver.Told;
import io.opsflow.standalone.StandaloneHome.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a newcomer does with the jar, what can happen to it, and the tools beside it. */
class StandaloneJarIT {

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String READY = "OpsFlow is ready";
    private static final String LAST_LINE = "-d '{\"name\"";

    private static final String REBUILT = "opsflow.rebuilt";
    private static final Map<String, String> NEW_TOPIC = Map.of("OPSFLOW_KAFKA_TOPIC", REBUILT);

    private static final String TAMPER = """
            alter table event_store.domain_event disable trigger domain_event_is_append_only;
            update event_store.domain_event set workspace_id = 'workspace-000000000002' where global_index = 3
            """;

    @TempDir
    Path directory;

    private StandaloneHome home;

    @BeforeEach
    void chooseAHome() {
        home = new StandaloneHome(directory.resolve("home"));
    }

    /** The demo catalog is two events; each pasted command is one more. */
    @Test
    void itSurvivesEverythingANewcomerDoesToItAndItsToolsTellTheTruthAllAlong() throws Exception {
        JsonNode first;
        JsonNode second;
        try (JarProcess service = home.start(Map.of())) {
            service.awaitLine(LAST_LINE);
            assertThat(service.output()).as("what a newcomer has to read").hasSizeLessThan(50);
            first = pasteTheCurl(service);
            assertThat(first.get("status_type").stringValue()).isEqualTo("TODO");
            home.awaitGet(first);

            anotherInstanceIsRefused();
            anAuditorLooksOn();
            thePastIsRead(first.get("task_id").stringValue());
            itMovesToANewTopic();

            second = pasteTheCurl(service);
            assertThat(service.terminate(STOP)).isIn(0, 143);
        }
        assertThat(home.serversFile()).doesNotExist();
        assertWhole(home.standalone(Map.of(), "verify"), 4);

        JsonNode last;
        try (OtlpReceiver collector = new OtlpReceiver();
                JarProcess service = home.start(watched(collector))) {
            service.awaitLine(LAST_LINE);
            home.awaitGet(second);
            assertThat(home.member().get("/actuator/health").status()).isEqualTo(200);
            JsonNode third = pasteTheCurl(service);
            home.awaitGet(third);
            itIsWatched(service, collector, third.get("task_id").stringValue());
            assertWhole(home.standalone(NEW_TOPIC, "verify"), 5);
            last = pasteTheCurl(service);
            service.kill();
        }
        assertThat(home.serversFile()).as("left behind").exists();
        assertWholeWhateverIsOnTheTopic(home.standalone(NEW_TOPIC, "verify"), 6);

        try (JarProcess service = home.start(NEW_TOPIC)) {
            service.awaitLine(READY);
            home.awaitGet(first);
            home.awaitGet(last); // written before the kill -9
            service.terminate(STOP);
        }
        home.sql(TAMPER);
        Result tampered = home.standalone(NEW_TOPIC, "verify");
        assertThat(tampered.lines())
                .contains("event 3 was changed")
                // Or the last one twice: a relay that was killed sends once more what it did not know to be there.
                .anyMatch(line -> line.matches("compared [67] events in .+"));
        assertThat(tampered.code()).isEqualTo(1);
    }

    @Test
    void aPortInUseEndsTheStartWithASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(home.port(), 1, InetAddress.getByName("127.0.0.1"));
                JarProcess service = home.start(Map.of())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(service.awaitEnd(Duration.ofSeconds(90))).isEqualTo(1);
            assertThat(service.output())
                    .anyMatch(line -> line.contains("Port " + home.port()))
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private static Map<String, String> watched(OtlpReceiver collector) {
        Map<String, String> settings = new HashMap<>(OneTrace.settings(collector));
        settings.putAll(NEW_TOPIC);
        return settings;
    }

    private void itIsWatched(JarProcess service, OtlpReceiver collector, String taskId) throws Exception {
        List<Told> spans = new OneTrace(collector).ofTheCreate();
        OneTrace.isWrittenOnTheRecord(spans, home.brokers(), REBUILT, taskId);
        var answer =
                home.member().task("get", Map.of("task_id", "task-000000000000"), Map.of("X-Request-Id", "gone-1"));
        assertThat(answer.status()).isEqualTo(404);
        OneTrace.isInTheLog(service, "gone-1", Demo.DOMAIN);
    }

    private void anotherInstanceIsRefused() {
        try (JarProcess another = home.start(Map.of())) {
            assertThat(another.awaitEnd(Duration.ofSeconds(30))).isEqualTo(1);
            assertThat(another.output())
                    .anyMatch(line -> line.startsWith("Another OpsFlow is running on " + home.path()));
        }
    }

    private void anAuditorLooksOn() throws Exception {
        assertWhole(home.standalone(Map.of(), "verify"), 3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.serversFile())))
                .isEqualTo("rw-------");
        assertWhole(home.side("command-side", "verify"), 3);
    }

    private void thePastIsRead(String taskId) throws Exception {
        Result life = home.standalone(Map.of(), "replay", "--task", taskId);
        assertThat(life.lines()).hasSize(2).last().asString().contains("member@example.com", "created \"");
        assertThat(life.code()).isZero();
        Result events = home.side("query-side", "export");
        assertThat(events.lines()).hasSize(3).last().asString().contains("\"subject\":\"" + taskId + "\"");
        assertThat(events.code()).isZero();
    }

    private void itMovesToANewTopic() {
        Result republished = home.standalone(Map.of(), "republish", "--from", "1", "--topic", REBUILT);
        assertThat(republished.lines()).hasSize(2).last().asString().contains("OPSFLOW_KAFKA_TOPIC=" + REBUILT);
        assertThat(republished.code()).isZero();
    }

    /** As many records on the topic as there are events: none is missing there, none is there twice. */
    private static void assertWhole(Result result, int events) {
        assertWholeWhateverIsOnTheTopic(result, events);
        assertThat(result.lines().get(2)).startsWith("compared " + events + " events in ");
    }

    /** A kill may have come before the relay. */
    private static void assertWholeWhateverIsOnTheTopic(Result result, int events) {
        assertThat(result.lines()).hasSize(4).last().isEqualTo("the store is whole");
        assertThat(result.lines().get(0)).startsWith("checked " + events + " events in ");
        assertThat(result.lines().get(1)).startsWith("head " + events + ":");
        assertThat(result.code()).isZero();
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
