package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commands did can be read as the past: by version, by time, event by event and request by request. */
class PastApiTest extends ServiceTest {

    private final ApiClient.Answer created =
            created(owner, with(aTask("Disk full"), "data", Map.of("node", 7, "tags", List.of("disk"))));
    private final String id = created.text("task_id");
    private final Map<String, Object> task = Map.of("task_id", id);

    @Test
    void everyAnswerOfAWriteIsStillAnsweredLater() {
        var updated = owner.task("update", with(with(task, "name", "Disk fine"), "priority", "LOW"));
        var started = owner.task("change_status", with(with(task, "status_id", Demo.DONE), "assignee", "kim"));
        visible(owner, started);
        for (ApiClient.Answer answer : List.of(created, updated, started)) {
            var past = owner.task("get_at", with(task, "version", answer.version()));
            assertThat(past.response().body()).isEqualTo(answer.response().body());
            assertThat(past.header("ETag")).isEqualTo(answer.header("ETag"));
        }
        var latest = owner.task("get_at", with(task, "at", started.text("updated_at")));
        assertThat(latest.response().body()).isEqualTo(started.response().body());
    }

    @Test
    void theLifeOfADeletedTaskIsStillTold() {
        owner.task("update", with(task, "assignee", "kim"));
        owner.task("change_status", with(with(task, "status_id", Demo.DONE), "assignee", "lee"));
        owner.task("delete", task);
        awaitGone();

        assertThat(texts(owner.task("history", task), "event_name"))
                .containsExactly(
                        "task.deleted", "task.assigned", "task.status_changed", "task.assigned", "task.created");
        var events = owner.post("/opsflow/v1/event/list", task);
        assertThat(texts(events, "event_type"))
                .containsExactlyInAnyOrder("DELETED", "UPDATED", "CHANGE_STATUS", "UPDATED", "CREATED");
        assertThat(texts(events, "description"))
                .contains("owner@example.com changed the status of the task \"Disk full\" from To Do to Done.");
        notFound(owner.task("get_at", with(task, "version", 4)), "task_id", id);
        assertThat(owner.task("list_at", Map.of("at", created.text("created_at")))
                        .body()
                        .get("results"))
                .containsExactly(created.body());
    }

    private void awaitGone() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> owner.task("get", task).status() == 404);
    }

    private static List<String> texts(ApiClient.Answer answer, String member) {
        return answer.body()
                .get("results")
                .valueStream()
                .map(row -> row.get(member).stringValue())
                .toList();
    }
}
