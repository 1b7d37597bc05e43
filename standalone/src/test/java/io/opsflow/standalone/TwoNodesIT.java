package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the command side over one event store. There is no broker: commands do not need one. */
class TwoNodesIT {

    private static final String DOMAIN = "domain-0123456789ab";

    @TempDir
    static Path directory;

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.temporary();
    private static final EmbeddedIdentity IDENTITY = EmbeddedIdentity.create().addKey(DOMAIN);
    private static final List<JarProcess> PROCESSES = new ArrayList<>();
    private static final List<String> ADDRESSES = new ArrayList<>();
    private static String url;

    private final ApiClient.Answer category = admin(0).post("/opsflow/v1/task-category/create", aCategory());
    private final String type = admin(0).post(
                    "/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", category.text("category_id")))
            .text("task_type_id");
    private final String todo = status("TODO");
    private final String done = status("COMPLETED");

    @BeforeAll
    static void start() throws Exception {
        url = DATABASE.createDatabase("event_store");
        String jwks = IDENTITY.writeJwks(directory.resolve("jwks.json")).toString();
        for (int node = 0; node < 2; node++) {
            int port = FreePort.find();
            Map<String, String> environment = new HashMap<>();
            environment.put("SERVER_PORT", Integer.toString(port));
            environment.put("OPSFLOW_EVENT_STORE_URL", url);
            environment.put("OPSFLOW_EVENT_STORE_USER", DATABASE.user());
            environment.put("OPSFLOW_EVENT_STORE_PASSWORD", DATABASE.password());
            environment.put("OPSFLOW_KAFKA_BOOTSTRAP", "127.0.0.1:1");
            environment.put("OPSFLOW_JWKS", jwks);
            environment.put("OPSFLOW_ROOT_DOMAIN", "domain-000000000000");
            PROCESSES.add(JarProcess.start("command-side", environment));
            ADDRESSES.add("http://localhost:" + port);
        }
        for (String address : ADDRESSES) {
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> new ApiClient(address, null)
                                    .get("/actuator/health/readiness")
                                    .status()
                            == 200);
        }
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(JarProcess::close);
        DATABASE.close();
    }

    @Test
    void aHundredRepeatsOfOneCreateMakeOneTaskAndGetOneAnswer() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", "one");
        List<ApiClient.Answer> answers = together(100, i -> owner(i % 2).task("create", aTask("Disk full"), key));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.response().body()).distinct())
                .hasSize(1);
        assertThat(eventsOfTasksNamed("Disk full")).isEqualTo(1);
    }

    @Test
    void aHundredRepeatsOfAChangeAreOneChangeWhateverElseHappensToTheTask() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        Map<String, String> headers = Map.of("Idempotency-Key", "two", "If-Match", "\"0\"");
        List<ApiClient.Answer> answers =
                together(100, i -> owner(i % 2).task("update", Map.of("task_id", id, "assignee", "kim"), headers));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.response().body()).distinct())
                .hasSize(1);
    }

    @Test
    void aHundredRepeatsOfADeleteAreOneDelete() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        List<ApiClient.Answer> answers = together(
                100, i -> owner(i % 2).task("delete", Map.of("task_id", id), Map.of("Idempotency-Key", "three")));

        assertThat(answers)
                .allMatch(answer -> answer.status() == 200 && answer.body().isEmpty());
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToSayThatNothingChanges() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("update", Map.of("task_id", id, "name", "y"));

        var back = owner(0).task("update", Map.of("task_id", id, "name", "x"));

        assertThat(back.version()).isEqualTo(2);
        assertThat(back.text("name")).isEqualTo("x");
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToAnswerForATaskThatIsGone() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("delete", Map.of("task_id", id));

        assertThat(owner(0).task("update", Map.of("task_id", id, "name", "x")).status())
                .isEqualTo(404);
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToRefuseAVersion() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("update", Map.of("task_id", id, "name", "y"));

        Map<String, String> ifMatch = Map.of("If-Match", "\"1\"");
        assertThat(owner(0).task("update", Map.of("task_id", id, "assignee", "kim"), ifMatch)
                        .version())
                .isEqualTo(2);
        assertThat(owner(1).task("update", Map.of("task_id", id, "assignee", "lee"), ifMatch)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void catalogChangesHoldForEveryWriteThatIsAnsweredAfterThemOnAnyNode() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("create", aTask("x"));
        var added = admin(1).post(
                        "/opsflow/v1/task-category/update",
                        Map.of("category_id", category.text("category_id"), "status_options", oneMoreTodo()));
        String waiting = added.body().at("/status_options/TODO/1/status_id").stringValue();

        assertThat(owner(0).task("change_status", Map.of("task_id", id, "status_id", waiting))
                        .status())
                .isEqualTo(200);

        admin(1).post("/opsflow/v1/task-category/delete", Map.of("category_id", category.text("category_id")));
        assertThat(owner(0).task("create", aTask("y")).status()).isEqualTo(400);
        assertThat(owner(0).task("change_status", Map.of("task_id", id, "status_id", done))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void changesOfDifferentFieldsAtTheSameTimeAllSucceedAndTheStoreHasNoHoles() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        List<String> fields = List.of("name", "assignee", "description");
        List<ApiClient.Answer> answers = together(120, i -> {
            long until = System.nanoTime()
                    + ThreadLocalRandom.current().nextLong(Duration.ofMillis(20).toNanos());
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return owner(i % 2).task("update", Map.of("task_id", id, fields.get(i % 3), "value " + i));
        });

        assertThat(answers).allMatch(answer -> answer.status() == 200, "200");
        assertThat(answers.stream().map(ApiClient.Answer::version).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 120).boxed().toList());
        try (Connection connection = connect();
                ResultSet holes = connection
                        .createStatement()
                        .executeQuery("select max(global_index) - count(*) from event_store.domain_event")) {
            holes.next();
            assertThat(holes.getLong(1)).isZero();
        }
    }

    private interface Request {
        ApiClient.Answer send(int number);
    }

    private static List<ApiClient.Answer> together(int requests, Request request) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            List<Callable<ApiClient.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int number = i;
                calls.add(() -> request.send(number));
            }
            List<ApiClient.Answer> answers = new ArrayList<>();
            for (Future<ApiClient.Answer> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static long eventsOfTasksNamed(String name) throws Exception {
        try (Connection connection = connect();
                var count = connection.prepareStatement("select count(*) from event_store.domain_event"
                        + " where event_name = 'task.created' and payload ->> 'name' = ?")) {
            count.setString(1, name);
            ResultSet row = count.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connect() throws Exception {
        return DriverManager.getConnection(url, DATABASE.user(), DATABASE.password());
    }

    private Map<String, Object> aTask(String name) {
        return Map.of("name", name, "status_id", todo, "project_id", "project-1", "task_type_id", type);
    }

    private String status(String list) {
        return category.body().at("/status_options/" + list + "/0/status_id").stringValue();
    }

    private Map<String, Object> oneMoreTodo() {
        return Map.of(
                "TODO", List.of(Map.of("status_id", todo, "name", "To do"), Map.of("name", "Waiting")),
                "IN_PROGRESS", List.of(Map.of("status_id", status("IN_PROGRESS"), "name", "x")),
                "COMPLETED", List.of(Map.of("status_id", done, "name", "x")));
    }

    private static Map<String, Object> aCategory() {
        var option = List.of(Map.of("name", "x"));
        return Map.of(
                "name",
                "Incidents",
                "status_options",
                Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option));
    }

    private static ApiClient admin(int node) {
        return new ApiClient(
                ADDRESSES.get(node),
                IDENTITY.token(DOMAIN).role("DOMAIN_ADMIN").user("admin").build());
    }

    private static ApiClient owner(int node) {
        return new ApiClient(
                ADDRESSES.get(node),
                IDENTITY.token(DOMAIN)
                        .role("WORKSPACE_OWNER")
                        .workspace("workspace-1")
                        .user("kim")
                        .build());
    }
}
