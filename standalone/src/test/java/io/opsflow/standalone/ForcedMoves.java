package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tasks in a status that is taken away by force, so that the service has to move each of them. */
final class ForcedMoves {

    private static final int TASKS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String MOVED = """
            select count(*) from event_store.domain_event
             where event_name = 'task.status_changed' and payload ->> 'category_id' = ?
            """;

    // Whoever appends waits until it is let go; whoever reads does not.
    private static final String HOLD_THE_STORE = "lock table event_store.domain_event in share mode";

    private final String categoryId;
    private final String left;
    private final List<String> taskIds;

    /** Creates the tasks in a category and a type of their own. */
    ForcedMoves(ApiClient admin, ApiClient owner) {
        var option = List.of(Map.of("name", "x"));
        var category = admin.post(
                "/opsflow/v1/task-category/create",
                Map.of(
                        "name",
                        "Changes",
                        "status_options",
                        Map.of(
                                "TODO",
                                List.of(Map.of("name", "To do"), Map.of("name", "Waiting")),
                                "IN_PROGRESS",
                                option,
                                "COMPLETED",
                                option)));
        categoryId = category.text("category_id");
        left = category.body().at("/status_options/TODO/0/status_id").stringValue();
        String waiting = category.body().at("/status_options/TODO/1/status_id").stringValue();
        String type = admin.post("/opsflow/v1/task-type/create", Map.of("name", "Change", "category_id", categoryId))
                .text("task_type_id");
        taskIds = IntStream.range(0, TASKS)
                .mapToObj(number -> owner.task(
                        "create",
                        Map.of(
                                "name",
                                LogWatch.SECRET + number,
                                "status_id",
                                waiting,
                                "project_id",
                                "project-1",
                                "task_type_id",
                                type)))
                .map(created -> created.text("task_id"))
                .toList();
    }

    /** Takes the status away; the moves begin. */
    void begin(ApiClient admin) {
        var option = List.of(Map.of("name", "x"));
        var answer = admin.post(
                "/opsflow/v1/task-category/update",
                Map.of(
                        "category_id",
                        categoryId,
                        "force",
                        true,
                        "status_options",
                        Map.of(
                                "TODO",
                                List.of(Map.of("status_id", left, "name", "To do")),
                                "IN_PROGRESS",
                                option,
                                "COMPLETED",
                                option)));
        assertThat(answer.status()).isEqualTo(200);
    }

    /** Does something while some of the tasks have moved and the others cannot. */
    void inTheMiddle(Connection store, Runnable deed) throws SQLException {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> moved(store) > 0);
        store.setAutoCommit(false);
        try (Statement statement = store.createStatement()) {
            statement.execute(HOLD_THE_STORE);
            assertThat(moved(store)).isBetween(1, TASKS - 1);
            deed.run();
        } finally {
            store.rollback();
            store.setAutoCommit(true);
        }
    }

    void awaitDone(Connection store) {
        await().atMost(PATIENCE).until(() -> moved(store) >= TASKS);
    }

    /** Each has been created and has moved, once, and nothing else has happened to it. */
    void areDoneOnce(List<StoredEvent> events) {
        for (String taskId : taskIds) {
            List<StoredEvent> life = events.stream()
                    .filter(event -> event.aggregateId().equals(taskId))
                    .toList();
            assertThat(life).extracting(StoredEvent::name).containsExactly("task.created", "task.status_changed");
            assertThat(life.getLast().event().at("/after/status_id").stringValue())
                    .isEqualTo(left);
        }
    }

    private int moved(Connection store) throws SQLException {
        try (PreparedStatement count = store.prepareStatement(MOVED)) {
            count.setString(1, categoryId);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
