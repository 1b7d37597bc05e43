package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.standalone.DisasterPage.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * docs/disaster.md to the letter, on one service and one backup of its event store: first the broker and the read model
 * are lost, then the end of the topic, then the store is restored and the topic trusted, then it is restored again and
 * trusted itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DisasterDrillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LOST = "The broker's data or the read model is gone";
    private static final String POWER_CUT = "The power was cut";
    private static final String RESTORED = "The event store was restored to an earlier point";

    /** A copy by the server itself stands for a dump or a base backup; it needs the database for a moment alone. */
    private static final List<String> BACK_UP = List.of(
            "alter database event_store with allow_connections false",
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'event_store'",
            "create database event_store_backup template event_store",
            "alter database event_store with allow_connections true");

    private static final List<String> RESTORE = List.of(
            "drop database event_store with (force)", "create database event_store template event_store_backup");

    private static Path home;
    private static DisasterPage page;
    private static Standalone service;
    private static ApiClient member;
    private static List<String> inTheBackup;
    private static List<String> afterTheBackup;

    @BeforeAll
    static void workBackUpAndWorkOn(@TempDir Path directory) throws Exception {
        home = directory.resolve("home");
        page = new DisasterPage(directory);
        start();
        inTheBackup = work("before");
        sql(service.database(), BACK_UP);
        await().atMost(PATIENCE).until(() -> create("once more").status() == 200);
        afterTheBackup = work("after");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @Order(1)
    void aLostTopicAndALostReadModelComeBackByOneCommand() throws Exception {
        Map<String, List<String>> before = readModel();
        String topicBefore = topicId();
        service.close();
        FileSystemUtils.deleteRecursively(home.resolve("kafka"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"))) {
            sql(database, List.of("drop database read_model"));
        }
        start();
        String meanwhile = create("while the topic was gone").text("task_id");
        await().atMost(PATIENCE).until(() -> metric("opsflow_relay_stopped") == 1);
        assertThat(member.task("get", Map.of("task_id", inTheBackup.getFirst())).status())
                .as("nobody is told that it is not there")
                .isEqualTo(503);

        List<String> commands = DisasterPage.commands(LOST);
        assertThat(commands).hasSize(1);
        assertDone(run(commands.getFirst()));

        await().atMost(PATIENCE).until(() -> isThere(meanwhile));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(without(meanwhile, readModel())).isEqualTo(before));
        assertThat(topicId()).as("other consumers can tell").isNotEqualTo(topicBefore);
        await().atMost(PATIENCE).until(() -> metric("opsflow_relay_stopped") == 0);
        afterTheBackup.add(meanwhile);
        visible(create("and it goes on").text("task_id"));
    }

    @Test
    @Order(2)
    void aTopicThatLostItsEndInAPowerCutIsMadeAnewByOneCommand() throws Exception {
        Map<String, List<String>> before = readModel();
        String topicBefore = topicId();
        service.close();
        loseWhatWasNotFlushed();
        start();
        String meanwhile = create("after the power cut").text("task_id");
        await().atMost(PATIENCE).until(() -> metric("opsflow_relay_stopped") == 1);
        await().atMost(PATIENCE).until(() -> metric("opsflow_feed_stuck") > 0);
        assertThat(inTheBackup).as("reads go on").allMatch(DisasterDrillIT::isThere);

        List<String> commands = DisasterPage.commands(POWER_CUT);
        assertThat(commands).hasSize(1);
        assertDone(run(commands.getFirst()));

        visible(meanwhile);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(without(meanwhile, readModel())).isEqualTo(before));
        assertThat(topicId()).as("other consumers can tell").isNotEqualTo(topicBefore);
        await().atMost(PATIENCE).until(() -> metric("opsflow_relay_stopped") == 0);
        await().atMost(PATIENCE).until(() -> metric("opsflow_feed_stuck") == 0);
        assertDone(run("java -jar command-side.jar verify"));
        afterTheBackup.add(meanwhile);
        visible(create("and it goes on again").text("task_id"));
    }

    @Test
    @Order(3)
    void aRestoredStoreTakesNothingAndGetsBackFromTheTopicWhatItLost() throws Exception {
        List<StoredEvent> before = events();
        Map<String, List<String>> readModel = readModel();

        restoreTheBackup();

        refusesWritesAndAnswersReads();
        Outcome lost = run(DisasterPage.commands(RESTORED).getFirst());
        assertThat(lost.code()).isEqualTo(1);
        List<StoredEvent> missing = before.subList(events().size(), before.size());
        assertThat(Files.readAllLines(page.file("lost.jsonl")).stream()
                        .map(line -> Json.mapper().readTree(line).get("id").stringValue()))
                .isEqualTo(missing.stream()
                        .map(event -> event.eventId().toString())
                        .toList());
        Files.delete(page.file("lost.jsonl"));

        DisasterPage.commands("Trust the topic").forEach(command -> assertDone(run(command)));

        assertThat(events()).usingRecursiveComparison().isEqualTo(before);
        assertThat(readModel()).isEqualTo(readModel);
        assertDone(run("java -jar command-side.jar verify"));
        visible(create("after the restore").text("task_id"));
        await().atMost(PATIENCE)
                .until(() -> admin().get("/actuator/health/readiness").status() == 200);
    }

    @Test
    @Order(4)
    void aRestoredStoreThatIsTrustedGetsANewTopicAndTheReadModelForgetsWhatWasGivenUp() throws Exception {
        restoreTheBackup();
        refusesWritesAndAnswersReads();
        int stored = events().size();

        List<String> commands = DisasterPage.commands("Trust the store");
        assertDone(run(commands.get(0)));
        await().atMost(PATIENCE).until(() -> create("after the decision").status() == 200);
        assertDone(run(commands.get(1)));
        String topic = commands.get(1).replaceFirst(".* --topic ", "");
        service.close();
        start("--opsflow.kafka.topic=" + topic);
        long stale = liveGeneration();
        assertDone(run(commands.get(2)));

        await().atMost(PATIENCE).until(() -> liveGeneration() != stale);
        visible(create("the last one").text("task_id"));
        assertThat(events()).hasSize(stored + 2);
        assertThat(readModel().get("event_log")).hasSize(stored + 2);
        assertThat(inTheBackup).allMatch(DisasterDrillIT::isThere);
        assertThat(afterTheBackup).noneMatch(DisasterDrillIT::isThere);
        assertThat(run("java -jar command-side.jar lost").code())
                .as("the topic that was given up still has it")
                .isEqualTo(1);
    }

    /** The last bytes of each partition, as the disk of a machine without power is left; recovery finds where to go on. */
    private static void loseWhatWasNotFlushed() throws IOException {
        Path kafka = home.resolve("kafka");
        Files.delete(kafka.resolve(".kafka_cleanshutdown"));
        Files.delete(kafka.resolve("recovery-point-offset-checkpoint"));
        try (Stream<Path> files = Files.walk(kafka)) {
            for (Path log : files.filter(DisasterDrillIT::isOfTheTopic).toList()) {
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    channel.truncate(Math.max(0, channel.size() - 10));
                }
            }
        }
    }

    private static boolean isOfTheTopic(Path file) {
        return file.getFileName().toString().endsWith(".log")
                && file.getParent().getFileName().toString().startsWith("opsflow.events-");
    }

    private static void restoreTheBackup() throws Exception {
        service.close();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"))) {
            sql(database, RESTORE);
        }
        start();
    }

    private static void refusesWritesAndAnswersReads() {
        var refused = create("too early");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("ERROR_UNAVAILABLE");
        assertThat(refused.message())
                .isEqualTo(
                        "The event store is behind what was answered before; nothing is written until an operator has decided.");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(admin().get("/actuator/health/readiness").status()).isEqualTo(503);
        await().atMost(PATIENCE).until(() -> metric("opsflow_store_doubt") == 1);
        assertThat(afterTheBackup).allMatch(DisasterDrillIT::isThere);
    }

    private static void start(String... arguments) throws IOException {
        service = Standalone.start(
                home,
                Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                        .toArray(String[]::new));
        member = client("workspace-member");
    }

    /** Tasks with a life of some events; returns their ids when reads answer them. */
    private static List<String> work(String name) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String id = create("%s %d".formatted(name, i)).text("task_id");
            member.task("update", Map.of("task_id", id, "assignee", "kim", "priority", "HIGH"));
            member.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
            ids.add(id);
        }
        String deleted = create(name + " deleted").text("task_id");
        member.task("delete", Map.of("task_id", deleted));
        ids.forEach(DisasterDrillIT::visible);
        await().atMost(PATIENCE).until(() -> readModel().get("event_log").size() == events().size());
        return ids;
    }

    private static ApiClient.Answer create(String name) {
        return member.task(
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
    }

    private static void visible(String taskId) {
        await().atMost(PATIENCE).until(() -> isThere(taskId));
    }

    private static boolean isThere(String taskId) {
        return member.task("get", Map.of("task_id", taskId)).status() == 200;
    }

    private static ApiClient admin() {
        return client("system-admin");
    }

    private static ApiClient client(String token) {
        return new ApiClient(service.address(), token(token));
    }

    private static String token(String name) {
        try {
            return Files.readString(home.resolve("tokens").resolve(name + ".jwt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long liveGeneration() {
        return admin().get("/admin/read-model").body().at("/live/generation").longValue();
    }

    private static double metric(String name) {
        return admin().get("/actuator/prometheus")
                .body()
                .stringValue()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** In the environment that the page asks for. */
    private static Outcome run(String command) {
        Map<String, String> environment = new HashMap<>();
        try (var reader = Files.newBufferedReader(home.resolve("servers.properties"))) {
            Properties servers = new Properties();
            servers.load(reader);
            servers.stringPropertyNames()
                    .forEach(name -> environment.put(
                            name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                            servers.getProperty(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("QUERY_SIDE", service.address());
        environment.put("SYSTEM_ADMIN", token("system-admin"));
        return page.run(command, environment);
    }

    private static void assertDone(Outcome outcome) {
        assertThat(outcome.code()).as("%s", outcome.lines()).isZero();
    }

    private static String topicId() throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(service.broker().clientSettings()))) {
            return ExampleConsumer.topicId(admin);
        }
    }

    private static List<StoredEvent> events() throws SQLException {
        EmbeddedDatabase database = service.database();
        return StoredEvent.all(database.jdbcUrl("event_store"), database.user(), database.password());
    }

    /** Without the offsets, which tell one topic from the other. */
    private static Map<String, List<String>> readModel() throws SQLException {
        Map<String, List<String>> rows = ReadModelRows.read(connect(service.database(), "read_model"));
        rows.remove("feed_offset");
        return rows;
    }

    private static Map<String, List<String>> without(String taskId, Map<String, List<String>> rows) {
        Map<String, List<String>> others = new LinkedHashMap<>();
        rows.forEach((table, all) -> others.put(
                table, all.stream().filter(row -> !row.contains(taskId)).toList()));
        return others;
    }

    private static void sql(EmbeddedDatabase database, List<String> statements) throws SQLException {
        try (Connection connection = connect(database, "postgres");
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static Connection connect(EmbeddedDatabase database, String name) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(name), database.user(), database.password());
    }
}
