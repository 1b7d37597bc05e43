package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every server is killed as by {@code kill -9}, time and again, in the middle of a burst of writes, over one growing
 * store. Then the clients' memories, the store, the topic and the read model are held against each other.
 */
class CrashIT {

    private static final int ROUNDS = 2;
    private static final int HALF = 120;
    private static final Duration CATCHING_UP = Duration.ofSeconds(60);

    private static final String VERSIONS = """
            select task_id, version from read_model.task
            union all select category_id, version from read_model.task_category
            union all select task_type_id, version from read_model.task_type
            """;

    private static final String PARKED = "select count(*) from read_model.parked_event";

    @TempDir
    Path directory;

    @Test
    void whateverIsKilledNothingAcknowledgedIsLostAndNothingIsDoneTwice() throws Exception {
        try (Deployment servers = Deployment.start(directory);
                Burst burst = burst(servers)) {
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
            ForcedMoves moves = killedInTheMiddleOfMoves(servers);
            burst.swing(HALF);
            List<Sent> sent = burst.finish();

            List<StoredEvent> events = StoredEvent.all(
                    servers.database().jdbcUrl("event_store"),
                    servers.database().user(),
                    servers.database().password());
            EventStoreAudit store = new EventStoreAudit(events).isWhole();
            store.agreesWith(sent);
            moves.areDoneOnce(events);
            awaitReadModel(servers, events);
            TopicAudit.holdsAll(events, servers.broker().bootstrapServers());
            readModelTells(store.tasks(), servers.querySide().as(servers.owner()));
        }
    }

    private static Burst burst(Deployment servers) {
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
    private static ForcedMoves killedInTheMiddleOfMoves(Deployment servers) throws SQLException {
        ApiClient admin = servers.commandSide().as(servers.admin());
        ForcedMoves moves = new ForcedMoves(admin, servers.commandSide().as(servers.owner()));
        try (Connection store = connect(servers, "event_store")) {
            moves.begin(admin);
            moves.inTheMiddle(store, servers.commandSide()::kill);
            servers.commandSide().restart();
            moves.awaitDone(store);
        }
        return moves;
    }

    private static void awaitReadModel(Deployment servers, List<StoredEvent> events) {
        Map<String, Long> stored = new HashMap<>();
        events.forEach(event -> stored.put(event.aggregateId(), event.sequence()));
        // What came out of order is parked until the missing event comes: it may be there now, not in the end.
        await().atMost(CATCHING_UP)
                .untilAsserted(() -> assertThat(versions(servers)).isEqualTo(stored));
    }

    private static Map<String, Long> versions(Deployment servers) throws SQLException {
        try (Connection connection = connect(servers, "read_model");
                Statement statement = connection.createStatement()) {
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

    private static Connection connect(Deployment servers, String database) throws SQLException {
        return DriverManager.getConnection(
                servers.database().jdbcUrl(database),
                servers.database().user(),
                servers.database().password());
    }

    private static void readModelTells(Map<String, FoldedTask> tasks, ApiClient owner) {
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
