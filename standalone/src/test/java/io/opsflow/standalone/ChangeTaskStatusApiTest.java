package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTaskStatusApiTest extends ServiceTest {

    private final String id = owner.task("create", aTask("Disk full")).text("task_id");

    @Test
    void startedStaysAndCompletedComesAndGoes() {
        var started = to(Demo.IN_PROGRESS);
        assertThat(started.text("status_type")).isEqualTo("IN_PROGRESS");
        assertThat(started.text("started_at")).isEqualTo(started.text("updated_at"));
        assertThat(started.text("completed_at")).isEmpty();

        var completed = to(Demo.DONE);
        assertThat(completed.text("status_type")).isEqualTo("COMPLETED");
        assertThat(completed.text("started_at")).isEqualTo(started.text("started_at"));
        assertThat(completed.text("completed_at")).isEqualTo(completed.text("updated_at"));

        var back = to(Demo.TODO);
        assertThat(back.text("started_at")).isEqualTo(started.text("started_at"));
        assertThat(back.text("completed_at")).isEmpty();
        assertThat(visible(owner, back).body()).isEqualTo(back.body());
    }

    @Test
    void theSameStatusAgainChangesNothingButTheAssigneeCounts() {
        assertThat(to(Demo.TODO).version()).isZero();
        var assigned = owner.task("change_status", Map.of("task_id", id, "status_id", Demo.TODO, "assignee", "kim"));
        assertThat(assigned.version()).isEqualTo(1);
        assertThat(assigned.text("assignee")).isEqualTo("kim");
    }

    @Test
    void problemsAreNamedInFieldOrder() {
        required(owner.task("change_status", Map.of("status_id", Demo.DONE)), "task_id");
        required(owner.task("change_status", Map.of("task_id", id)), "status_id");
        invalid(
                owner.task("change_status", Map.of("task_id", id, "status_id", "status-x")),
                "status_id",
                "it is not a status of the task's category");
        notFound(
                owner.task("change_status", Map.of("task_id", "task-ffffffffffff", "status_id", Demo.DONE)),
                "task_id",
                "task-ffffffffffff");
    }

    private ApiClient.Answer to(String status) {
        var answer = owner.task("change_status", Map.of("task_id", id, "status_id", status));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }
}
