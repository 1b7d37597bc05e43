package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TaskHistoryTest extends PastTest {

    private final String id = newTask();

    @Test
    void aCreationChangesAllThatIsSet() {
        happens(created(id, "Disk is full", "project-1", "{\"cost\": 1.50}", EIGHT));
        JsonNode created = history().getFirst();
        assertThat(created.get("version").intValue()).isZero();
        assertThat(created.get("event_name").stringValue()).isEqualTo("task.created");
        assertThat(created.get("at").stringValue()).isEqualTo("2024-12-05T08:00:00.000Z");
        assertThat(created.get("by").stringValue()).isEqualTo("kim@example.com");
        assertThat(changes(created))
                .containsExactly(
                        change("task_id", "''", "'" + id + "'"),
                        change("name", "''", "'Disk is full'"),
                        change("status_id", "''", "'status-000000000001'"),
                        change("status_type", "''", "'TODO'"),
                        change("priority", "''", "'MEDIUM'"),
                        change("data", "{}", "{'cost':1.50}"),
                        change("created_by", "''", "'kim@example.com'"),
                        change("domain_id", "''", "'" + DOMAIN + "'"),
                        change("workspace_id", "''", "'" + workspace + "'"),
                        change("project_id", "''", "'project-1'"),
                        change("category_id", "''", "'category-000000000001'"),
                        change("task_type_id", "''", "'task-type-000000000001'"),
                        change("created_at", "''", "'2024-12-05T08:00:00.000Z'"));
    }

    @Test
    void everyEventTellsWhatItChangedTheNewestFirst() {
        happens(created(id, "Disk is full", "project-1", "{\"cost\": 1.50}", EIGHT));
        happens(
                "lee@example.com",
                new TaskRenamed(id, "Disk is fine", NINE),
                new TaskPrioritized(id, Priority.HIGH, NINE),
                new TaskDescribed(id, "it was the logs", NINE),
                new TaskMentioned(id, new Mentions(List.of("kim"), List.of()), NINE),
                new TaskAssigned(id, "lee@example.com", NINE),
                new TaskDataChanged(id, object("{\"cost\": 15e-1}"), NINE));
        happens(new TaskStatusChanged(id, CATEGORY, TODO, DONE, TEN, TEN, TEN), new TaskAssigned(id, "", TEN));
        happens(new TaskDeleted(id, CATEGORY, DONE, ELEVEN));

        List<JsonNode> history = history();
        assertThat(history)
                .extracting(row -> row.get("version").intValue() + " "
                        + row.get("event_name").stringValue() + " "
                        + row.get("by").stringValue())
                .containsExactly(
                        "9 task.deleted kim@example.com",
                        "8 task.assigned kim@example.com",
                        "7 task.status_changed kim@example.com",
                        "6 task.data_changed lee@example.com",
                        "5 task.assigned lee@example.com",
                        "4 task.mentioned lee@example.com",
                        "3 task.described lee@example.com",
                        "2 task.prioritized lee@example.com",
                        "1 task.renamed lee@example.com",
                        "0 task.created kim@example.com");
        assertThat(changes(history.get(0))).isEmpty();
        assertThat(changes(history.get(1))).containsExactly(change("assignee", "'lee@example.com'", "''"));
        assertThat(changes(history.get(2)))
                .containsExactly(
                        change("status_id", "'status-000000000001'", "'status-000000000003'"),
                        change("status_type", "'TODO'", "'COMPLETED'"),
                        change("started_at", "''", "'2024-12-05T10:00:00.000Z'"),
                        change("completed_at", "''", "'2024-12-05T10:00:00.000Z'"));
        assertThat(changes(history.get(3))).containsExactly(change("data", "{'cost':1.50}", "{'cost':15e-1}"));
        assertThat(changes(history.get(4))).containsExactly(change("assignee", "''", "'lee@example.com'"));
        assertThat(changes(history.get(5))).isEmpty();
        assertThat(changes(history.get(6))).containsExactly(change("description", "''", "'it was the logs'"));
        assertThat(changes(history.get(7))).containsExactly(change("priority", "'MEDIUM'", "'HIGH'"));
        assertThat(changes(history.get(8))).containsExactly(change("name", "'Disk is full'", "'Disk is fine'"));
    }

    @Test
    void filesAreToldAsGetAnswersThemAndAMoveChangesNone() {
        happens(created(id, EIGHT));
        happens(new TaskFilesChanged(id, List.of("file-1"), NINE));
        happens(new TaskMoved(id, "project-1", "project-2", TEN));
        List<JsonNode> history = history();
        assertThat(changes(history.get(0))).containsExactly(change("project_id", "'project-1'", "'project-2'"));
        JsonNode files = history.get(1).get("changes").get(0);
        assertThat(files.get("from")).isEmpty();
        assertThat(files.get("to").get(0).get("file_id").stringValue()).isEqualTo("file-1");
        assertThat(files.get("to").get(0).get("project_id").stringValue()).isEqualTo("project-1");
    }

    @Test
    void eachEventIsFoundAmongTheAuditEvents() {
        happens(created(id, EIGHT));
        happens(
                new TaskRenamed(id, "a", NINE),
                new TaskStatusChanged(id, CATEGORY, TODO, DOING, NINE, null, NINE),
                new TaskAssigned(id, "lee", NINE));
        List<String> ofHistory = texts(history(), "event_id");
        assertThat(ofHistory.get(0)).as("of an assignment and a name").isEqualTo(ofHistory.get(2));
        List<JsonNode> audit = post(owner, "event/list", "{\"task_id\": \"%s\"}".formatted(id))
                .json()
                .get("results")
                .valueStream()
                .toList();
        assertThat(texts(audit, "event_id")).hasSize(3).containsExactlyInAnyOrderElementsOf(new TreeSet<>(ofHistory));
    }

    @Test
    void oneThatIsTooLargeIsToldInPages() {
        happens(created(id, EIGHT));
        String text = "x".repeat(250_000);
        for (int i = 1; i <= 140; i++) {
            happens(new TaskDataChanged(id, object("{\"n\": %d, \"text\": \"%s\"}".formatted(i, text)), NINE));
        }
        invalid(ask("{}"), "page.limit", "the answer is too large");
        JsonNode page = ask("{'limit': 2}").json();
        assertThat(page.get("total_count").intValue()).isEqualTo(141);
        assertThat(page.at("/results/1/version").intValue()).isEqualTo(139);
    }

    @Test
    void manyNumbersAreTooLargeThoughTheirTextIsNot() {
        happens(created(id, EIGHT));
        String numbers = String.join(",", Collections.nCopies(50_000, "1.5"));
        for (int i = 1; i <= 20; i++) {
            happens(new TaskDataChanged(id, object("{\"n\": %d, \"list\": [%s]}".formatted(i, numbers)), NINE));
        }
        invalid(ask("{}"), "page.limit", "the answer is too large");
        assertThat(ask("{'limit': 5}").json().get("results")).hasSize(5);
    }

    @Test
    void aPageIsARangeOfItsRowsWithTheETagOfTheTask() {
        happens(created(id, EIGHT));
        for (int i = 1; i <= 5; i++) {
            happens(new TaskRenamed(id, "name " + i, NINE));
        }
        assertThat(versions("{'limit': 2}")).containsExactly(5, 4);
        assertThat(versions("{'start': 3, 'limit': '2'}")).containsExactly(3, 2);
        assertThat(versions("{'start': 5}")).containsExactly(1, 0);
        assertThat(versions("{'start': 6, 'limit': 10000}")).containsExactly(0);
        assertThat(versions("{'start': 7, 'limit': 2}")).isEmpty();
        assertThat(versions("{'start': 9007199254740993, 'limit': 2}")).isEmpty();
        invalid(ask("{'limit': 10001}"), "page.limit", "at most 10,000");
        invalid(ask("{'limit': 1.5}"), "page.limit", "it must be a whole number from 0");
    }

    @Test
    void aMemberSeesItWhereTheTaskIsLast() {
        happens(created(id, EIGHT));
        happens(new TaskMoved(id, "project-1", "project-2", NINE));
        String request = "{'task_id': '%s'}".formatted(id);
        notFound(task(member("project-1"), "history", request), id);
        assertThat(task(member("project-2"), "history", request)
                        .json()
                        .get("total_count")
                        .intValue())
                .isEqualTo(2);
        happens(new TaskDeleted(id, CATEGORY, TODO, TEN));
        notFound(task(member("project-1"), "history", request), id);
        assertThat(task(member("project-2"), "history", request)
                        .json()
                        .get("total_count")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void strangersAndWrongRequestsAreRefused() {
        happens(created(id, EIGHT));
        String request = "{'task_id': '%s'}".formatted(id);
        notFound(task(token(DOMAIN, "WORKSPACE_OWNER", "workspace-other").build(), "history", request), id);
        notFound(task(token(OTHER_DOMAIN, "DOMAIN_ADMIN", workspace).build(), "history", request), id);
        notFound(task("history", "{'task_id': 'task-ffffffffffff'}"), "task-ffffffffffff");
        required(task("history", "{}"), "task_id");
        invalid(task("history", "{'task_id': '%s', 'at': '2024'}".formatted(id)), "at", "unknown member");
        String mayNotRead = token(DOMAIN, "WORKSPACE_OWNER", workspace)
                .permissions(List.of("opsflow:Event.read"))
                .build();
        refused(task(mayNotRead, "history", request), 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
    }

    private Answer ask(String page) {
        return task("history", "{'task_id': '%s', 'page': %s}".formatted(id, page));
    }

    private List<Integer> versions(String page) {
        Answer asked = ask(page);
        assertThat(asked.etag()).as("of the last event, whatever the page").isEqualTo("\"5\"");
        JsonNode answer = asked.json();
        assertThat(answer.get("total_count").intValue()).isEqualTo(6);
        return answer.get("results")
                .valueStream()
                .map(row -> row.get("version").intValue())
                .toList();
    }

    private List<JsonNode> history() {
        JsonNode answer = task("history", "{'task_id': '%s'}".formatted(id)).json();
        List<JsonNode> rows = answer.get("results").valueStream().toList();
        assertThat(answer.get("total_count").intValue()).isEqualTo(rows.size());
        return rows;
    }

    private static List<String> texts(List<JsonNode> rows, String member) {
        return rows.stream().map(row -> row.get(member).stringValue()).toList();
    }

    private static List<String> changes(JsonNode row) {
        return row.get("changes").valueStream().map(Json::write).toList();
    }

    private static String change(String field, String from, String to) {
        return "{'field':'%s','from':%s,'to':%s}".formatted(field, from, to).replace('\'', '"');
    }
}
