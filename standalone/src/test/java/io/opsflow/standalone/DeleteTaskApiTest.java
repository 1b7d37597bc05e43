package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeleteTaskApiTest extends ServiceTest {

    @Test
    void deleteIsFinal() {
        String id = created(owner, aTask("Disk full")).text("task_id");
        var deleted = owner.task("delete", Map.of("task_id", id));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body().toString()).isEqualTo("{}");

        await().until(() -> owner.task("get", Map.of("task_id", id)).status() == 404);
        notFound(owner.task("get", Map.of("task_id", id)), "task_id", id);
        notFound(owner.task("update", Map.of("task_id", id, "name", "x")), "task_id", id);
        notFound(owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE)), "task_id", id);
        notFound(owner.task("delete", Map.of("task_id", id)), "task_id", id);

        assertThat(owner.task("list", Map.of()).body().get("total_count").intValue())
                .isZero();
        var count = Map.of("query", Map.of("aggregate", List.of(Map.of("count", Map.of("name", "n")))));
        assertThat(owner.task("stat", count).body().at("/results/0/n").intValue())
                .isZero();
    }
}
