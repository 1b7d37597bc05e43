package io.opsflow.standalone;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The words of the tests that write to two processes of the command side over one event store. The two run once for all
 * of them; each test takes a category and a task type of its own.
 */
abstract class TwoNodesTest {

    private static final String DOMAIN = "domain-0123456789ab";

    static final EmbeddedDatabase DATABASE = EmbeddedDatabase.temporary();
    static final EmbeddedBroker BROKER = EmbeddedBroker.temporary();

    private static final EmbeddedIdentity IDENTITY = EmbeddedIdentity.create().addKey(DOMAIN);
    private static final String URL = DATABASE.createDatabase("event_store");
    private static final List<Side> NODES = start();

    final ApiClient.Answer category = admin(0).post("/opsflow/v1/task-category/create", aCategory());
    final String type = admin(0).post(
                    "/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", category.text("category_id")))
            .text("task_type_id");
    final String todo = status("TODO");
    final String done = status("COMPLETED");

    private static List<Side> start() {
        Map<String, String> environment = Map.of(
                "OPSFLOW_EVENT_STORE_URL", URL,
                "OPSFLOW_EVENT_STORE_USER", DATABASE.user(),
                "OPSFLOW_EVENT_STORE_PASSWORD", DATABASE.password(),
                "OPSFLOW_KAFKA_BOOTSTRAP", BROKER.bootstrapServers(),
                "OPSFLOW_JWKS", jwks(),
                "OPSFLOW_ROOT_DOMAIN", "domain-000000000000");
        List<Side> nodes = Stream.generate(() -> Side.start("command-side", environment))
                .limit(2)
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Side::close)));
        nodes.forEach(Side::awaitReady);
        return nodes;
    }

    private static String jwks() {
        try {
            return IDENTITY.writeJwks(Files.createTempDirectory("opsflow").resolve("jwks.json"))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiClient admin(int node) {
        return NODES.get(node).as(IDENTITY.token(DOMAIN).role("DOMAIN_ADMIN").user("admin"));
    }

    static ApiClient owner(int node) {
        return NODES.get(node)
                .as(IDENTITY.token(DOMAIN)
                        .role("WORKSPACE_OWNER")
                        .workspace("workspace-1")
                        .user("kim"));
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(URL, DATABASE.user(), DATABASE.password());
    }

    static List<StoredEvent> events() throws SQLException {
        return StoredEvent.all(URL, DATABASE.user(), DATABASE.password());
    }

    Map<String, Object> aTask(String name) {
        return aTask(name, todo);
    }

    Map<String, Object> aTask(String name, String statusId) {
        return Map.of("name", name, "status_id", statusId, "project_id", "project-1", "task_type_id", type);
    }

    /** The id of the first of a list. */
    String status(String list) {
        return category.body().at("/status_options/" + list + "/0/status_id").stringValue();
    }

    private static Map<String, Object> aCategory() {
        var option = List.of(Map.of("name", "x"));
        return Map.of(
                "name",
                "Incidents",
                "status_options",
                Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option));
    }

    /** One of many requests. */
    interface Request {
        ApiClient.Answer send(int number);
    }

    /** Sends all of them at the same moment and returns when all are answered. */
    static List<ApiClient.Answer> together(int requests, Request request) throws Exception {
        CyclicBarrier all = new CyclicBarrier(requests);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ApiClient.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int number = i;
                calls.add(() -> {
                    all.await();
                    return request.send(number);
                });
            }
            List<ApiClient.Answer> answers = new ArrayList<>();
            for (Future<ApiClient.Answer> answer : clients.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
