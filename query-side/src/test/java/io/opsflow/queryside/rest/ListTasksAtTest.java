package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Three tasks: one that moves and changes its data, one that is done and deleted, one that comes late. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListTasksAtTest extends PastTest {

    private final String moving = newTask();
    private final String deleted = newTask();
    private final String late = newTask();

    @BeforeAll
    void aMorning() {
        happens(created(moving, "moving", "project-1", "{\"cost\": 1.50, \"tags\": [\"disk\"]}", EIGHT));
        happens(created(deleted, "deleted", "project-1", "{\"cost\": 7}", EIGHT));
        happens(
                new TaskMoved(moving, "project-1", "project-2", NINE),
                new TaskDataChanged(moving, object("{\"cost\": 2e1, \"tags\": [\"net\"]}"), NINE));
        happens(new TaskStatusChanged(deleted, CATEGORY, TODO, DONE, NINE, NINE, NINE));
        happens(created(late, "late", "project-2", "{}", TEN));
        happens(new TaskPrioritized(moving, Priority.HIGH, TEN));
        happens(new TaskDeleted(deleted, CATEGORY, DONE, TEN));
        happens(new TaskRenamed(late, "later", ELEVEN));
    }

    @Test
    void itListsWhatThereWas() {
        assertThat(names("2024-12-05T07:59:59.999Z", "{}")).isEmpty();
        assertThat(names("2024-12-05T08:00Z", "{}")).containsExactly("moving", "deleted");
        assertThat(names("2024-12-05T09:00Z", "{}")).containsExactly("moving", "deleted");
        assertThat(names("2024-12-05T09:59:59.999Z", "{}")).containsExactly("moving", "deleted");
        assertThat(names("2024-12-05T10:00Z", "{}")).containsExactly("late", "moving");
        assertThat(names("2024-12-05T11:00Z", "{}")).containsExactly("later", "moving");
        assertThat(names(Instant.now().toString(), "{}")).containsExactly("later", "moving");
    }

    @Test
    void conditionsMeetWhatThingsWereThen() {
        String disk = "{'filter': [{'k': 'data.tags', 'v': 'disk', 'o': 'eq'}]}";
        assertThat(names("2024-12-05T08:30Z", disk)).containsExactly("moving");
        assertThat(names("2024-12-05T09:30Z", disk)).isEmpty();
        String costly = "{'filter': [{'k': 'data.cost', 'v': 5, 'o': 'gt'}], 'sort': [{'key': 'data.cost'}]}";
        assertThat(names("2024-12-05T08:30Z", costly)).containsExactly("deleted");
        assertThat(names("2024-12-05T09:30Z", costly)).containsExactly("deleted", "moving");
        assertThat(names("2024-12-05T10:30Z", costly)).containsExactly("moving");
        assertThat(names("2024-12-05T09:30Z", "{'keyword': 'DELE'}")).containsExactly("deleted");
        assertThat(names("2024-12-05T10:30Z", "{'keyword': 'later'}")).isEmpty();
    }

    @Test
    void requestParametersAndPagesWorkAsInList() {
        JsonNode done = task(
                        "list_at",
                        "{'at': '2024-12-05T09:30Z', 'status_type': 'COMPLETED', 'query': {'page': {'limit': 1}}}")
                .json();
        assertThat(done.get("total_count").intValue()).isEqualTo(1);
        assertThat(done.get("results").get(0).get("completed_at").stringValue()).isEqualTo("2024-12-05T09:00:00.000Z");
        JsonNode second = task("list_at", "{'at': '2024-12-05T09:30Z', 'query': {'page': {'start': 2, 'limit': 1}}}")
                .json();
        assertThat(second.get("total_count").intValue()).isEqualTo(2);
        assertThat(second.get("results")).hasSize(1);
        assertThat(task("list_at", "{'at': '2024-12-05T09:30Z', 'query': {'count_only': true}}")
                        .body())
                .isEqualTo("{\"results\":[],\"total_count\":2}");
    }

    @Test
    void theDigitsOfThenComeBack() {
        assertThat(task("list_at", "{'at': '2024-12-05T08:30Z', 'task_id': '%s'}".formatted(moving))
                        .body())
                .contains("\"data\":{\"cost\":1.50,\"tags\":[\"disk\"]}");
        assertThat(task("list_at", "{'at': '2024-12-05T09:30Z', 'task_id': '%s'}".formatted(moving))
                        .body())
                .contains("\"data\":{\"cost\":2e1,\"tags\":[\"net\"]}");
    }

    @Test
    void itCountsWhatThereWas() {
        String byStatus = "{'aggregate': [{'group': {'keys': [{'k': 'status_type', 'n': 's'}],"
                + " 'fields': [{'n': 'n', 'o': 'count'}]}}, {'sort': [{'key': 's'}]}]}";
        assertThat(stat("2024-12-05T07:00Z", byStatus)).isEmpty();
        assertThat(stat("2024-12-05T08:00Z", byStatus)).containsExactly("{'s':'TODO','n':2}");
        assertThat(stat("2024-12-05T09:00Z", byStatus))
                .containsExactly("{'s':'COMPLETED','n':1}", "{'s':'TODO','n':1}");
        assertThat(stat("2024-12-05T10:00Z", byStatus)).containsExactly("{'s':'TODO','n':2}");
        assertThat(stat("2024-12-05T09:30Z", "{'distinct': 'data.cost'}")).containsExactly("7", "20");
        assertThat(stat("2024-12-05T09:30Z", "{'distinct': 'project_id'}"))
                .containsExactly("'project-1'", "'project-2'");
    }

    @Test
    void aMemberSeesTheTasksThatWereInItsProjects() {
        assertThat(namesFor(member("project-1"), "2024-12-05T08:30Z")).containsExactly("moving", "deleted");
        assertThat(namesFor(member("project-2"), "2024-12-05T08:30Z")).isEmpty();
        assertThat(namesFor(member("project-1"), "2024-12-05T09:30Z")).containsExactly("deleted");
        assertThat(namesFor(member("project-2"), "2024-12-05T09:30Z")).containsExactly("moving");
        assertThat(namesFor(member("project-1"), "2024-12-05T10:30Z")).isEmpty();
        assertThat(namesFor(member(), "2024-12-05T08:30Z")).isEmpty();
    }

    @Test
    void strangersSeeNothing() {
        assertThat(namesFor(token(DOMAIN, "WORKSPACE_OWNER", "workspace-other").build(), "2024-12-05T09:30Z"))
                .isEmpty();
        assertThat(namesFor(token(OTHER_DOMAIN, "DOMAIN_ADMIN", workspace).build(), "2024-12-05T09:30Z"))
                .isEmpty();
        assertThat(namesFor(token(DOMAIN, "WORKSPACE_OWNER", workspace).build(), "2024-12-05T09:30Z"))
                .hasSize(2);
    }

    @Test
    void wrongRequestsAreRefused() {
        required(task("list_at", "{}"), "at");
        required(task("stat_at", "{'query': {'distinct': 'name'}}"), "at");
        invalid(task("list_at", "{'at': '2999'}"), "at", "it lies in the future");
        invalid(task("stat_at", "{'at': '2999', 'query': {'distinct': 'name'}}"), "at", "it lies in the future");
        invalid(task("list_at", "{'at': 'x'}"), "at", "not an ISO 8601 time");
        required(task("stat_at", "{'at': '2024'}"), "query");
        invalid(task("list_at", "{'at': '2024', 'colour': 'red'}"), "colour", "unknown member");
        invalid(
                task("stat_at", "{'at': '2024', 'query': {'distinct': 'name'}, 'task_id': 'x'}"),
                "task_id",
                "unknown member");
        String mayNotRead = token(DOMAIN, "WORKSPACE_OWNER", workspace)
                .permissions(List.of("opsflow:Event.read"))
                .build();
        for (String verb : List.of("get_at", "list_at", "stat_at")) {
            refused(task(mayNotRead, verb, "{}"), 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
        }
    }

    private List<String> namesFor(String token, String at) {
        return names(task(token, "list_at", "{'at': '%s', 'query': {'sort': [{'key': 'task_id'}]}}".formatted(at))
                .json());
    }

    private List<String> names(String at, String query) {
        return names(task("list_at", "{'at': '%s', 'query': %s}".formatted(at, query))
                .json());
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = answer.get("results")
                .valueStream()
                .map(row -> row.get("name").stringValue())
                .toList();
        assertThat(answer.get("total_count").intValue()).isEqualTo(names.size());
        return names;
    }

    private List<String> stat(String at, String query) {
        return task("stat_at", "{'at': '%s', 'query': %s}".formatted(at, query))
                .json()
                .get("results")
                .valueStream()
                .map(row -> Json.write(row).replace('"', '\''))
                .toList();
    }
}
