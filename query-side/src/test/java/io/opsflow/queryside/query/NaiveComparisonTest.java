package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.api.task.TaskInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Queries by chance over tasks by chance: the database answers what a plain reading of the contract answers. */
class NaiveComparisonTest {

    private static ReadModelDatabase database;
    private static Naive naive;

    @BeforeContainer
    static void load() {
        ArrayNode tasks = new RandomQueries(7).tasks(150);
        database = ReadModelDatabase.create("naive", "en-US");
        database.insertTasks(tasks);
        naive = new Naive(tasks);
    }

    @Property(tries = 600)
    void aListHoldsTheSameTasksInTheSameOrder(@ForAll long seed) {
        ObjectNode query = new RandomQueries(seed).listQuery();
        ListAnswer<TaskInfo> answer = database.queries()
                .list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request(query), QuerySchema.TASK));
        assertThat(answer.totalCount())
                .as("total of %s", query)
                .isEqualTo(naive.passing(query).size());
        assertThat(answer.results().stream().map(TaskInfo::taskId))
                .as("tasks of %s", query)
                .containsExactlyElementsOf(naive.list(query));
    }

    @Property(tries = 600)
    void aStatHoldsTheSameRows(@ForAll long seed) {
        ObjectNode query = new RandomStatistics(new RandomQueries(seed)).query();
        List<JsonNode> results = database.queries()
                .stat(
                        TaskResource.of(""),
                        ReadModelDatabase.OWNER,
                        StatisticsQuery.of(request(query), QuerySchema.TASK))
                .results();
        List<JsonNode> expected = naive.stat(query);
        assertThat(results.stream().map(row -> comparable(row, query)))
                .as("rows of %s", query)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(row -> comparable(row, query)).toList());
        if (query.has("distinct")) {
            assertThat(results).isSortedAccordingTo(Naive::compare);
        }
    }

    static Members request(ObjectNode query) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("query", query);
        return Members.of(ReadModelDatabase.json(request.toString()));
    }

    /** What the contract leaves open is left out: the order in lists where nothing was sorted, or of sets. */
    static String comparable(JsonNode row, JsonNode query) {
        boolean sorted = query.path("aggregate").valueStream().anyMatch(stage -> stage.has("sort"));
        if (!(row instanceof ObjectNode object)) {
            return Naive.canonical(row);
        }
        Map<String, String> members = new TreeMap<>();
        object.properties()
                .forEach(
                        member -> members.put(member.getKey(), comparable(member.getKey(), member.getValue(), sorted)));
        return members.toString();
    }

    private static String comparable(String member, JsonNode value, boolean sorted) {
        boolean projected = member.startsWith("p_");
        String name = projected ? member.substring(2) : member;
        boolean open =
                switch (name) {
                    case "files" -> true;
                    case "max", "min" -> projected || value.isContainer();
                    case "first", "last", "merge_objects" -> !sorted;
                    case "push" -> !sorted && value.isObject();
                    case "add_to_set" -> value.isObject();
                    default -> false;
                };
        if (open) {
            return "open";
        }
        boolean inAnyOrder = name.equals("add_to_set") || !sorted || projected;
        return value.isArray() && inAnyOrder
                ? value.valueStream().map(Naive::canonical).sorted().toList().toString()
                : Naive.canonical(value);
    }
}
