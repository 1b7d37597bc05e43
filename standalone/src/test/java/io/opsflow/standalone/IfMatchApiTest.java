package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IfMatchApiTest extends ServiceTest {

    private final String id = owner.task("create", aTask("Disk full")).text("task_id");

    @Test
    void everyAnswerAboutOneTaskSaysItsVersionAndWhatToReadItWith() {
        var created = owner.task("create", aTask("x"));
        assertThat(created.header("ETag")).isEqualTo("\"0\"");
        assertThat(created.header("Opsflow-Consistent-With")).isEqualTo("\"" + created.text("task_id") + "@0\"");

        Map<String, Object> task = Map.of("task_id", created.text("task_id"));
        var renamed = owner.task("update", with(task, "name", "y"));
        assertThat(renamed.header("ETag")).isEqualTo("\"1\"");
        assertThat(visible(owner, renamed).header("ETag")).isEqualTo("\"1\"");
        var unchanged = owner.task("update", with(task, "name", "y"));
        assertThat(unchanged.header("ETag")).isEqualTo("\"1\"");

        var deleted = owner.task("delete", task);
        assertThat(deleted.header("ETag")).isEqualTo("\"2\"");
        assertThat(deleted.header("Opsflow-Consistent-With")).isEqualTo("\"" + created.text("task_id") + "@2\"");
    }

    @Test
    void aChangeIsMadeOfTheVersionThatIsNamedOrNotAtAll() {
        assertThat(rename("a", "\"0\"").version()).isEqualTo(1);
        stale(rename("b", "\"0\""), 1);
        stale(
                owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE), Map.of("If-Match", "\"0\"")),
                1);
        stale(owner.task("delete", Map.of("task_id", id), Map.of("If-Match", "\"0\"")), 1);

        assertThat(rename("c", "*").version()).isEqualTo(2);
        assertThat(rename("d", "\"7\", \"2\"").version()).isEqualTo(3);
        assertThat(owner.task("delete", Map.of("task_id", id), Map.of("If-Match", "\"3\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void itsLinesAreOneListAndTheSameLineAgainSaysNothingNew() {
        assertThat(renameWith("a", "*", "*").version()).isEqualTo(1);
        assertThat(renameWith("b", "\"7\"", "\"1\"", "\"1\"").version()).isEqualTo(2);
        invalid(renameWith("c", "*", "\"2\""), "If-Match", "* or versions in quotes, as ETag has them");
    }

    private ApiClient.Answer renameWith(String name, String... lines) {
        HttpRequest.Builder request = HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/update"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("task_id", id, "name", name))));
        List.of(lines).forEach(line -> request.header("If-Match", line));
        return owner.send(request);
    }

    @Test
    void alsoAChangeThatChangesNothingIsRefused() {
        rename("a", "\"0\"");
        stale(rename("a", "\"0\""), 1);
        assertThat(rename("a", "\"1\"").version()).isEqualTo(1);
    }

    @Test
    void aWeakOrForeignTagIsWellFormedAndNeverMatches() {
        stale(rename("a", "W/\"0\""), 0);
        stale(rename("a", "\"abc\""), 0);
        stale(rename("a", "\"00\""), 0);
    }

    @Test
    void whatIsNoTagIsAnError() {
        for (String header : List.of("0", "\"0", "\"0\" \"1\"", ",", "\"0\",")) {
            invalid(rename("a", header), "If-Match", "* or versions in quotes, as ETag has them");
        }
    }

    @Test
    void whoMayNotSeeTheTaskDoesNotLearnItsVersion() {
        ApiClient stranger =
                as(token("WORKSPACE_OWNER").workspace(id("workspace")).user("c"));
        notFound(
                stranger.task("update", Map.of("task_id", id, "name", "a"), Map.of("If-Match", "\"7\"")),
                "task_id",
                id);
        notFound(
                owner.task("update", Map.of("task_id", "task-ffffffffffff"), Map.of("If-Match", "\"7\"")),
                "task_id",
                "task-ffffffffffff");
    }

    @Test
    void theCatalogIsGuardedAsWell() {
        var type = admin().post("/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", Demo.CATEGORY));
        Map<String, Object> request = Map.of("task_type_id", type.text("task_type_id"), "name", "y");
        assertThat(admin().post("/opsflow/v1/task-type/update", request, Map.of("If-Match", "\"0\""))
                        .version())
                .isEqualTo(1);
        stale(admin().post("/opsflow/v1/task-type/update", request, Map.of("If-Match", "\"0\"")), 1);
    }

    private ApiClient.Answer rename(String name, String ifMatch) {
        return owner.task("update", Map.of("task_id", id, "name", name), Map.of("If-Match", ifMatch));
    }

    private static void stale(ApiClient.Answer answer, long version) {
        refused(
                answer,
                412,
                "ERROR_PRECONDITION_FAILED",
                "The resource is not at a version that If-Match names. (version = %d)".formatted(version));
    }
}
