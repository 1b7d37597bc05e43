package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.api.task.TaskInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A few tasks of the test's own, and what is asked of them. JSON is written with single quotes here. */
abstract class QueryTest {

    private static final ReadModelDatabase DATABASE = ReadModelDatabase.create("facts");
    private static final Resource<TaskInfo> TASKS = TaskResource.of("https://files.example.com/{file_id}");

    @BeforeEach
    void noTasks() {
        DATABASE.dsl().execute("truncate task, task_category, task_type");
    }

    static ReadModelDatabase database() {
        return DATABASE;
    }

    /** A task of this id and data; other members as given, the rest by default. */
    static void task(String id, String data, Map<String, String> members) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("task_id", id);
        task.put("name", "Task " + id);
        task.put("status_id", "status-todo");
        task.put("status_type", "TODO");
        task.put("priority", "MEDIUM");
        task.set("data", json(data));
        task.put("created_by", "kim@example.com");
        task.put("domain_id", ReadModelDatabase.DOMAIN);
        task.put("workspace_id", ReadModelDatabase.WORKSPACE);
        task.put("project_id", "project-1");
        task.put("category_id", "category-1");
        task.put("task_type_id", "task-type-1");
        task.put("created_at", "2025-01-01T00:00:00.000Z");
        task.put("updated_at", "2025-01-01T00:00:00.000Z");
        members.forEach((name, value) ->
                task.set(name, value.startsWith("[") ? json(value) : JsonNodeFactory.instance.stringNode(value)));
        DATABASE.insertTasks(JsonNodeFactory.instance.arrayNode().add(task));
    }

    static void task(String id, String data) {
        task(id, data, Map.of());
    }

    static void task(String id, Map<String, String> members) {
        task(id, "{}", members);
    }

    static ListAnswer<TaskInfo> list(Caller caller, String query) {
        return DATABASE.queries()
                .list(TASKS, caller, Query.of(Members.of(json("{'query': %s}".formatted(query))), QuerySchema.TASK));
    }

    static ListAnswer<TaskInfo> list(String query) {
        return list(ReadModelDatabase.OWNER, query);
    }

    /** The ids of the tasks that pass one condition. */
    static List<String> where(String key, String operator, String value) {
        return ids(list("{'filter': [{'k': '%s', 'o': '%s', 'v': %s}], 'sort': [{'key': 'task_id'}]}"
                .formatted(key, operator, value)));
    }

    static List<String> ids(ListAnswer<TaskInfo> answer) {
        return answer.results().stream().map(TaskInfo::taskId).toList();
    }

    /** The results as JSON text. */
    static List<String> stat(String query) {
        return DATABASE
                .queries()
                .stat(
                        TASKS,
                        ReadModelDatabase.OWNER,
                        StatisticsQuery.of(Members.of(json("{'query': %s}".formatted(query))), QuerySchema.TASK))
                .results()
                .stream()
                .map(row -> Json.write(row).replace('"', '\''))
                .toList();
    }

    /** The results of stages as JSON text. */
    static List<String> stages(String stages) {
        return stat("{'aggregate': [%s]}".formatted(stages));
    }

    static JsonNode json(String text) {
        return ReadModelDatabase.json(text.replace('\'', '"'));
    }
}
