package io.opsflow.standalone;

import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/** A home of the standalone jar: the service is started on it, and tools are run beside it. */
final class StandaloneHome {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;

    /** What a tool said and how it ended. */
    record Result(int code, List<String> lines) {}

    /** @param directory is made by the first start */
    StandaloneHome(Path directory) {
        this(directory, FreePort.find());
    }

    /** One on which the service runs already. */
    StandaloneHome(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    Path path() {
        return directory;
    }

    int port() {
        return port;
    }

    /** Written while the servers run. */
    Path serversFile() {
        return directory.resolve("servers.properties");
    }

    JarProcess start(Map<String, String> environment) {
        return JarProcess.start("standalone", settings(environment));
    }

    Result standalone(Map<String, String> environment, String... arguments) {
        return tool("standalone", settings(environment), arguments);
    }

    /** The settings that name the servers that run here. */
    Properties servers() throws IOException {
        return read(serversFile());
    }

    /** What a client of the broker that runs here needs. */
    Map<String, Object> brokers() throws IOException {
        Map<String, Object> settings = new HashMap<>();
        read(directory.resolve("kafka.properties")).forEach((name, value) -> settings.put(name.toString(), value));
        return settings;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    /** The demo's member, who may ask the service that runs here. */
    ApiClient member() throws IOException {
        return as("workspace-member");
    }

    /** @param somebody of the demo, by the name of the token's file */
    ApiClient as(String somebody) throws IOException {
        String token = Files.readString(directory.resolve("tokens/" + somebody + ".jwt"));
        return new ApiClient("http://localhost:" + port, token);
    }

    /** A tool of one side's own jar, on the servers that run here. */
    Result side(String module, String... arguments) throws IOException {
        Properties servers = servers();
        Map<String, String> environment = new HashMap<>();
        servers.stringPropertyNames()
                .forEach(name -> environment.put(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), servers.getProperty(name)));
        return tool(module, environment, arguments);
    }

    static Result tool(String jar, Map<String, String> environment, String... arguments) {
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

    /** Returns when the read side has the task, as it was answered. Reads follow writes, also those of before a restart. */
    void awaitGet(JsonNode task) {
        await().atMost(Duration.ofSeconds(20)).until(() -> get(task), task::equals);
    }

    private JsonNode get(JsonNode task) throws IOException {
        return member().task("get", Map.of("task_id", task.get("task_id").stringValue()))
                .body();
    }

    /** On the stopped home. */
    void sql(String statements) throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgresql"));
                Connection connection = DriverManager.getConnection(
                        database.jdbcUrl("event_store"), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("OPSFLOW_HOME", directory.toString());
        settings.put("SERVER_PORT", Integer.toString(port));
        return settings;
    }
}
