package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UpdateTaskApiTest extends ServiceTest {

    private final ApiClient.Answer before = owner.task("create", with(aTask("Disk full"), "description", "on node 7"));
    private final String id = before.text("task_id");

    @Test
    void onlyWhatIsGivenChanges() {
        var after = update(Map.of("priority", "HIGH", "assignee", "kim"));

        assertThat(after.text("priority")).isEqualTo("HIGH");
        assertThat(after.text("assignee")).isEqualTo("kim");
        assertThat(after.text("name")).isEqualTo("Disk full");
        assertThat(after.text("description")).isEqualTo("on node 7");
        assertThat(after.version()).isEqualTo(2);
        assertThat(after.text("updated_at")).isGreaterThanOrEqualTo(before.text("updated_at"));
        assertThat(visible(owner, after).body()).isEqualTo(after.body());
    }

    @Test
    void nothingGivenOrNothingNewChangesNothing() {
        assertThat(update(Map.of()).version()).isZero();
        var same = update(Map.of("name", " Disk full ", "priority", 2, "data", Map.of(), "project_id", Demo.PROJECT));
        assertThat(same.version()).isZero();
        assertThat(same.body()).isEqualTo(before.body());
    }

    @Test
    void whatCountsAsNotGivenIsLeftAlone() {
        Map<String, Object> nothings = new HashMap<>();
        nothings.put("name", "");
        nothings.put("description", null);
        nothings.put("files", List.of());
        nothings.put("priority", 0);
        assertThat(update(nothings).body()).isEqualTo(before.body());
    }

    @Test
    void aBlankClearsAText() {
        assertThat(update(Map.of("description", " ")).text("description")).isEmpty();
        invalid(owner.task("update", Map.of("task_id", id, "name", " ")), "name", "it must not be blank");
    }

    @Test
    void dataIsReplacedWholeAndCanBeEmptied() {
        assertThat(update(Map.of("data", Map.of("a", 1))).body().get("data").toString())
                .isEqualTo("{\"a\":1}");
        assertThat(update(Map.of("data", Map.of("b", 2))).body().get("data").toString())
                .isEqualTo("{\"b\":2}");
        assertThat(update(Map.of("data", Map.of())).body().get("data").toString())
                .isEqualTo("{}");
    }

    @Test
    void camelCaseIsUnderstoodAndNotBothAtOnce() {
        assertThat(owner.task("update", Map.of("taskId", id, "projectId", "project-2"))
                        .text("project_id"))
                .isEqualTo("project-2");
        invalid(owner.task("update", Map.of("taskId", id, "task_id", id)), "task_id", "given twice, also as taskId");
    }

    @Test
    void twoChangesOfDifferentFieldsAtTheSameTimeBothSucceed() {
        for (int round = 0; round < 10; round++) {
            String name = "Disk full " + round;
            String assignee = "kim-" + round;
            var one = CompletableFuture.supplyAsync(() -> update(Map.of("name", name)));
            var other = CompletableFuture.supplyAsync(() -> update(Map.of("assignee", assignee)));
            assertThat(one.join().status()).isEqualTo(200);
            assertThat(other.join().status()).isEqualTo(200);
            var both = update(Map.of());
            assertThat(both.text("name")).isEqualTo(name);
            assertThat(both.text("assignee")).isEqualTo(assignee);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String nothing : List.of("task-ffffffffffff", "nonsense", Demo.CATEGORY, Demo.TASK_TYPE)) {
            notFound(owner.task("update", Map.of("task_id", nothing, "name", "x")), "task_id", nothing);
        }
        required(owner.task("update", Map.of("name", "x")), "task_id");
    }

    private ApiClient.Answer update(Map<String, ?> members) {
        Map<String, Object> request = new HashMap<>(members);
        request.put("task_id", id);
        var answer = owner.task("update", request);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }
}
