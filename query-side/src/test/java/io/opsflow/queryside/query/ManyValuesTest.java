package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.task.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Many values are written into the statement, where a text must stay one text whatever it holds. */
class ManyValuesTest {

    private static final List<String> HOSTILE = List.of(
            "'",
            "''",
            "\"",
            "\\",
            "\\'",
            "\\' or true --",
            "a','b",
            "{a,b}",
            "NULL",
            "?",
            "??",
            "$1",
            ":a",
            "{0}",
            "--",
            "/*",
            "a\nb",
            "E'\\x27'",
            "\uD83D\uDE00",
            "'::text[]) or (true");

    private static final ReadModelDatabase DATABASE = create();

    /** In a database that would take a backslash for the beginning of an escape. */
    private static ReadModelDatabase create() {
        ReadModelDatabase database = ReadModelDatabase.create("many");
        for (int i = 0; i < HOSTILE.size(); i++) {
            database.insertTasks(JsonNodeFactory.instance.arrayNode().add(task(i, HOSTILE.get(i))));
        }
        database.dsl().execute("alter database many set standard_conforming_strings = off");
        return database;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void aValueIsFoundWhateverItHolds(int others) {
        for (int i = 0; i < HOSTILE.size(); i++) {
            List<String> values = new ArrayList<>(List.of(HOSTILE.get(i)));
            IntStream.range(0, others).mapToObj("no such %d"::formatted).forEach(values::add);
            for (String key : List.of("name", "data.x")) {
                assertThat(found(DATABASE, key, values)).as(HOSTILE.get(i)).containsExactly("task-" + i);
            }
        }
    }

    @Test
    void aQueryThatFailsTellsTheLogNothingOfThem() {
        ReadModelDatabase broken = ReadModelDatabase.create("broken");
        broken.dsl().execute("drop table task");
        List<String> values =
                IntStream.range(0, 20).mapToObj("confidential %d"::formatted).toList();
        assertThatThrownBy(() -> found(broken, "name", values))
                .hasMessageContaining("relation \"task\" does not exist")
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("confidential"));
    }

    private static JsonNode task(int number, String text) {
        return Json.mapper()
                .valueToTree(Map.ofEntries(
                        Map.entry("task_id", "task-" + number),
                        Map.entry("name", text),
                        Map.entry("status_id", "status-todo"),
                        Map.entry("status_type", "TODO"),
                        Map.entry("priority", "MEDIUM"),
                        Map.entry("data", Map.of("x", text)),
                        Map.entry("created_by", "kim@example.com"),
                        Map.entry("domain_id", ReadModelDatabase.DOMAIN),
                        Map.entry("workspace_id", ReadModelDatabase.WORKSPACE),
                        Map.entry("project_id", "project-1"),
                        Map.entry("category_id", "category-1"),
                        Map.entry("task_type_id", "task-type-1"),
                        Map.entry("created_at", "2025-01-01T00:00:00.000Z"),
                        Map.entry("updated_at", "2025-01-01T00:00:00.000Z")));
    }

    private static List<String> found(ReadModelDatabase database, String key, List<String> values) {
        Members request = Members.of(Json.mapper()
                .valueToTree(Map.of("query", Map.of("filter", List.of(Map.of("k", key, "o", "in", "v", values))))));
        return database
                .queries()
                .list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request, QuerySchema.TASK))
                .results()
                .stream()
                .map(TaskInfo::taskId)
                .toList();
    }
}
