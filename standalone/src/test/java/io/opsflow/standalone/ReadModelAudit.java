package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.queryside.generation.Layout;
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
import org.awaitility.Awaitility;

/** What must be true of the read model once it has caught up. */
final class ReadModelAudit {

    private static final Duration CATCHING_UP = Duration.ofSeconds(60);

    private static final String VERSIONS = """
            select task_id, version from task
            union all select category_id, version from task_category
            union all select task_type_id, version from task_type
            """;

    private static final String PARKED = "select count(*) from parked_event";

    private final Connections readModel;

    /** To its database, a new one each time. */
    interface Connections {
        Connection open() throws SQLException;
    }

    ReadModelAudit(Connections readModel) {
        this.readModel = readModel;
    }

    /** Until every aggregate is at the version that is stored, and nothing is parked. */
    void await(List<StoredEvent> events) {
        Map<String, Long> stored = new HashMap<>();
        events.forEach(event -> stored.put(event.aggregateId(), event.sequence()));
        // What came out of order is parked until the missing event comes: it may be there now, not in the end.
        Awaitility.await()
                .atMost(CATCHING_UP)
                .untilAsserted(() -> assertThat(versions()).isEqualTo(stored));
    }

    private Map<String, Long> versions() throws SQLException {
        try (Connection connection = readModel.open();
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

    void tells(Map<String, FoldedTask> all, ApiClient owner) {
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
