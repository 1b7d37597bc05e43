package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of the packaged jars, beside a running instance and on a home whose instance has ended. */
class ToolsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REBUILT = "opsflow.rebuilt";
    private static final String TAMPER = """
            alter table event_store.domain_event disable trigger domain_event_is_append_only;
            update event_store.domain_event set workspace_id = 'workspace-000000000002' where global_index = 3
            """;

    @TempDir
    Path directory;

    private final int port = FreePort.find();

    /** What a tool said and how it ended. */
    private record Result(int code, List<String> lines) {}

    @Test
    void anInstanceIsVerifiedWhileItRunsAndAfterwardsAndMovesToANewTopic() throws Exception {
        try (JarProcess service = start(Map.of())) {
            create("first");
            assertWhole(standalone(Map.of(), "verify"), 3);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home().resolve("servers.properties"))))
                    .isEqualTo("rw-------");
            Result alone = tool("command-side", commandSideSettings(), "verify");
            assertWhole(alone, 3);

            Result republished = standalone(Map.of(), "republish", "--from", "1", "--topic", REBUILT);
            assertThat(republished.lines()).hasSize(2).last().asString().contains("OPSFLOW_KAFKA_TOPIC=" + REBUILT);
            assertThat(republished.code()).isZero();
            create("between");
            service.terminate(Duration.ofSeconds(20));
        }
        assertThat(home().resolve("servers.properties")).doesNotExist();
        assertWhole(standalone(Map.of(), "verify"), 4);

        Map<String, String> newTopic = Map.of("OPSFLOW_KAFKA_TOPIC", REBUILT);
        try (JarProcess service = start(newTopic)) {
            create("after");
            await().atMost(PATIENCE).untilAsserted(() -> assertWhole(standalone(newTopic, "verify"), 5));
            service.kill();
        }
        assertThat(home().resolve("servers.properties")).as("left behind").exists();
        assertWhole(standalone(newTopic, "verify"), 5);

        tamper();
        Result tampered = standalone(newTopic, "verify");
        assertThat(tampered.lines()).contains("event 3 was changed");
        assertThat(tampered.code()).isEqualTo(1);
    }

    @Test
    void aWrongWordEndsWithTheToolsThereAreAndNothingIsMade() {
        for (String jar : List.of("standalone", "command-side")) {
            Result result = tool(jar, Map.of("OPSFLOW_HOME", home().toString()), "verfy");

            assertThat(result.lines().getFirst()).isEqualTo("There is no tool verfy. The tools are:");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(home()).doesNotExist();
    }

    @Test
    void aHomeWithoutAnInstanceIsNamedAndNotMade() {
        Result result = standalone(Map.of(), "verify");

        assertThat(result.lines())
                .containsExactly("There is no OpsFlow in " + home() + "; OPSFLOW_HOME names another directory.");
        assertThat(result.code()).isEqualTo(2);
        assertThat(home()).doesNotExist();
    }

    /** As many records on the topic as there are events: none is missing there, none is there twice. */
    private static void assertWhole(Result result, int events) {
        assertThat(result.lines()).hasSize(4).last().isEqualTo("the store is whole");
        assertThat(result.lines().get(0)).startsWith("checked " + events + " events in ");
        assertThat(result.lines().get(1)).startsWith("head " + events + ":");
        assertThat(result.lines().get(2)).startsWith("compared " + events + " events in ");
        assertThat(result.code()).isZero();
    }

    private JarProcess start(Map<String, String> environment) {
        JarProcess service = JarProcess.start("standalone", settings(environment));
        service.awaitLine("OpsFlow is ready");
        return service;
    }

    private Result standalone(Map<String, String> environment, String... arguments) {
        return tool("standalone", settings(environment), arguments);
    }

    private static Result tool(String jar, Map<String, String> environment, String... arguments) {
        try (JarProcess tool = JarProcess.start(jar, environment, arguments)) {
            int code = tool.awaitEnd(PATIENCE);
            // The Java machine's own, about what an embedded Kafka does when it stops.
            return new Result(
                    code,
                    tool.output().stream()
                            .filter(line -> !line.startsWith("WARNING: "))
                            .toList());
        }
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("OPSFLOW_HOME", home().toString());
        settings.put("SERVER_PORT", Integer.toString(port));
        return settings;
    }

    private Map<String, String> commandSideSettings() throws IOException {
        Properties servers = new Properties();
        try (var reader = Files.newBufferedReader(home().resolve("servers.properties"))) {
            servers.load(reader);
        }
        return Map.of(
                "OPSFLOW_EVENT_STORE_URL", servers.getProperty("opsflow.event-store.url"),
                "OPSFLOW_EVENT_STORE_USER", servers.getProperty("opsflow.event-store.user"),
                "OPSFLOW_EVENT_STORE_PASSWORD", servers.getProperty("opsflow.event-store.password"),
                "OPSFLOW_KAFKA_BOOTSTRAP", servers.getProperty("opsflow.kafka.bootstrap"));
    }

    private Path home() {
        return directory.resolve("home");
    }

    /** Returns when the read side has it, and so the topic. */
    private void create(String name) throws IOException {
        ApiClient client = new ApiClient(
                "http://localhost:" + port, Files.readString(home().resolve("tokens/workspace-member.jwt")));
        ApiClient.Answer created = client.task(
                "create",
                Map.of(
                        "name",
                        name,
                        "status_id",
                        Demo.TODO,
                        "project_id",
                        Demo.PROJECT,
                        "task_type_id",
                        Demo.TASK_TYPE));
        assertThat(created.status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> client.task("get", Map.of("task_id", created.text("task_id")))
                                .status()
                        == 200);
    }

    private void tamper() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home().resolve("postgresql"));
                Connection connection = DriverManager.getConnection(
                        database.jdbcUrl("event_store"), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(TAMPER);
        }
    }
}
