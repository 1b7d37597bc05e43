package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.TokenBuilder;
import io.opsflow.queryside.generation.Layout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One life of what docker-compose.yml describes. It serves; then every server is killed as by {@code kill -9}, time and
 * again, in the middle of a burst of writes, over one growing store, and the clients' memories, the store, the topic and
 * the read model are held against each other; in the end it stops in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentIT {

    private static final int ROUNDS = 2;
    private static final int HALF = 120;
    private static final Duration CATCHING_UP = Duration.ofSeconds(60);

    /** The group notices a dead member after ten seconds; the rest is for what it has left undone. */
    private static final Duration REPLACED = Duration.ofSeconds(15);

    private static final String VERSIONS = """
            select task_id, version from task
            union all select category_id, version from task_category
            union all select task_type_id, version from task_type
            """;

    private static final String PARKED = "select count(*) from parked_event";

    private static Deployment servers;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        servers = Deployment.start(directory);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    @Order(1)
    void theSevenMethodsWorkAcrossTheTwoSides() {
        Gateway gateway = servers.gateway();
        TokenBuilder admin = servers.admin();
        TokenBuilder owner = servers.owner();
        var option = Map.of("name", "x");
        var category = gateway.post(
                admin,
                "task-category/create",
                Map.of(
                        "name",
                        "Incidents",
                        "status_options",
                        Map.of("TODO", List.of(option), "IN_PROGRESS", List.of(option), "COMPLETED", List.of(option))));
        var type = gateway.post(
                admin, "task-type/create", Map.of("name", "Outage", "category_id", category.text("category_id")));
        String todo = category.body().at("/status_options/TODO/0/status_id").stringValue();
        String done =
                category.body().at("/status_options/COMPLETED/0/status_id").stringValue();
        var created = gateway.post(
                owner,
                "task/create",
                Map.of(
                        "name",
                        "Disk full",
                        "status_id",
                        todo,
                        "project_id",
                        "project-1",
                        "task_type_id",
                        type.text("task_type_id")));
        var id = Map.of("task_id", created.text("task_id"));
        gateway.post(owner, "task/update", Map.of("task_id", created.text("task_id"), "assignee", "kim"));
        var completed = gateway.post(
                owner, "task/change_status", Map.of("task_id", created.text("task_id"), "status_id", done));

        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> gateway.send(owner, "task/get", id),
                        read -> read.body().equals(completed.body()));
        var ofKim = Map.of("query", Map.of("filter", List.of(Map.of("k", "assignee", "v", "kim", "o", "eq"))));
        var count = Map.of("query", Map.of("aggregate", List.of(Map.of("count", Map.of("name", "n")))));
        assertThat(gateway.post(owner, "task/list", ofKim)
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
        assertThat(gateway.post(owner, "task/stat", count)
                        .body()
                        .at("/results/0/n")
                        .intValue())
                .isEqualTo(1);

        gateway.post(owner, "task/delete", id);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.send(owner, "task/get", id).status() == 404);
    }

    /** The jar holds it: strangers need not know which versions run. */
    @Test
    @Order(1)
    void theBillOfMaterialsIsNotServed() {
        ApiClient admin = servers.commandSide().as(servers.systemAdmin());
        assertThat(admin.get("/actuator/sbom").status()).isEqualTo(404);
        assertThat(admin.get("/actuator/sbom/application").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void whateverIsKilledNothingAcknowledgedIsLostAndNothingIsDoneTwice() throws Exception {
        try (Burst burst = burst()) {
            for (int round = 0; round < ROUNDS; round++) {
                burst.swing(HALF);
                servers.querySide().kill();
                burst.swing(HALF);
                servers.querySide().restart();

                servers.broker().kill();
                burst.swing(HALF);
                servers.broker().restart();

                burst.swing(HALF);
                servers.querySide().awaitReady();
                servers.database().kill();
                servers.database().restart();

                burst.swing(HALF);
                servers.commandSide().kill();
                servers.commandSide().restart();
            }
            servers.commandSide().awaitReady();
            ForcedMoves moves = killedInTheMiddleOfMoves();
            burst.swing(HALF);
            List<Sent> sent = burst.finish();

            List<StoredEvent> events = StoredEvent.all(
                    servers.database().jdbcUrl("event_store"),
                    servers.database().user(),
                    servers.database().password());
            EventStoreAudit store = new EventStoreAudit(events).isWhole();
            store.agreesWith(sent);
            moves.areDoneOnce(events);
            awaitReadModel(events);
            TopicAudit.holdsAll(events, servers.broker().bootstrapServers());
            readModelTells(store.tasks(), servers.querySide().as(servers.owner()));
            isWhatARebuildMakes();
        }
    }

    /** Row by row and column by column: whatever happened on the way has left no trace. */
    private static void isWhatARebuildMakes() throws SQLException {
        ApiClient system = servers.querySide().as(servers.systemAdmin());
        Map<String, List<String>> rows = ReadModelRows.read(servers.connect("read_model"));
        long before = liveGeneration(system);

        assertThat(system.post("/admin/read-model/rebuild", "").status()).isEqualTo(200);

        await().atMost(CATCHING_UP).until(() -> liveGeneration(system) != before);
        assertThat(ReadModelRows.read(servers.connect("read_model"))).isEqualTo(rows);
    }

    private static long liveGeneration(ApiClient system) {
        return system.get("/admin/read-model").body().at("/live/generation").longValue();
    }

    @Test
    @Order(3)
    void twoProcessesShareTheReadModelAndOneThatDiesIsReplaced() throws Exception {
        Side another = servers.anotherQuerySide();
        await().atMost(CATCHING_UP).until(() -> followsPartitions(another));
        ApiClient system = servers.querySide().as(servers.systemAdmin());
        try (Burst burst = burst()) {
            burst.swing(HALF);
            another.kill();
            burst.swing(HALF);
            burst.finish();
        }
        await().atMost(REPLACED).until(() -> lag(system) == 0);
        isWhatARebuildMakes();
    }

    private static boolean followsPartitions(Side querySide) {
        return querySide
                .as(servers.systemAdmin())
                .get("/actuator/prometheus")
                .body()
                .stringValue()
                .contains("opsflow_feed_lag{");
    }

    private static long lag(ApiClient system) {
        return system.get("/admin/feed")
                .body()
                .get("partitions")
                .valueStream()
                .mapToLong(partition -> partition.get("lag").longValue())
                .sum();
    }

    @Test
    @Order(4)
    void bothSidesStopInOrder() {
        assertThat(servers.commandSide().terminate(Duration.ofSeconds(20))).isIn(0, 143);
        assertThat(servers.querySide().terminate(Duration.ofSeconds(20))).isIn(0, 143);
    }

    private static Burst burst() {
        ApiClient admin = servers.commandSide().as(servers.admin());
        var option = List.of(Map.of("name", "x"));
        var category = admin.post(
                "/opsflow/v1/task-category/create",
                Map.of(
                        "name",
                        "Incidents",
                        "status_options",
                        Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option)));
        var type = admin.post(
                "/opsflow/v1/task-type/create", Map.of("name", "Outage", "category_id", category.text("category_id")));
        List<String> statusIds = category.body().findValuesAsString("status_id");
        return new Burst(List.of(servers.commandSide().as(servers.owner())), type.text("task_type_id"), statusIds);
    }

    /** Tasks are moving out of a status that was removed by force; the next start goes on with the rest. */
    private static ForcedMoves killedInTheMiddleOfMoves() throws SQLException {
        ApiClient admin = servers.commandSide().as(servers.admin());
        ForcedMoves moves = new ForcedMoves(admin, servers.commandSide().as(servers.owner()));
        try (Connection store = servers.connect("event_store")) {
            moves.begin(admin);
            moves.inTheMiddle(store, servers.commandSide()::kill);
            servers.commandSide().restart();
            moves.awaitDone(store);
        }
        return moves;
    }

    private static void awaitReadModel(List<StoredEvent> events) {
        Map<String, Long> stored = new HashMap<>();
        events.forEach(event -> stored.put(event.aggregateId(), event.sequence()));
        // What came out of order is parked until the missing event comes: it may be there now, not in the end.
        await().atMost(CATCHING_UP).untilAsserted(() -> assertThat(versions()).isEqualTo(stored));
    }

    private static Map<String, Long> versions() throws SQLException {
        try (Connection connection = servers.connect("read_model");
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = " + Layout.current().schema());
            try (ResultSet parked = statement.executeQuery(PARKED)) {
                parked.next();
                assertThat(parked.getLong(1)).as("parked events").isZero();
            }
            Map<String, Long> versions = new HashMap<>();
            try (ResultSet row = statement.executeQuery(VERSIONS)) {
                while (row.next()) {
                    versions.put(row.getString(1), row.getLong(2));
                }
            }
            return versions;
        }
    }

    private static void readModelTells(Map<String, FoldedTask> all, ApiClient owner) {
        Map<String, FoldedTask> tasks = new HashMap<>(all);
        tasks.values().removeIf(FoldedTask::isDeleted);
        tasks.forEach((taskId, task) -> {
            var read = owner.task("get", Map.of("task_id", taskId));
            assertThat(read.body()).isEqualTo(task.last());
            assertThat(read.version()).isEqualTo(task.version());
        });
        var counts = owner.task(
                "stat",
                Map.of(
                        "query",
                        Map.of(
                                "aggregate",
                                List.of(Map.of(
                                        "group",
                                        Map.of(
                                                "keys",
                                                List.of(Map.of("k", "status_id", "n", "status")),
                                                "fields",
                                                List.of(Map.of("n", "count", "o", "count"))))))));
        Map<String, Long> counted = new HashMap<>();
        counts.body()
                .get("results")
                .forEach(row -> counted.put(
                        row.get("status").stringValue(), row.get("count").longValue()));
        assertThat(counted)
                .isEqualTo(tasks.values().stream()
                        .map(FoldedTask::last)
                        .map(task -> task.get("status_id").stringValue())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }
}
