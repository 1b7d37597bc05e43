package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.audit.EventInfo;
import io.opsflow.api.json.Json;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** As {@link NaiveComparisonTest}, over audit events: tasks by chance under other names, all of whose fields are set. */
class EventComparisonTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What is called otherwise of an event. */
    private static final Map<String, String> NAMES = Map.of(
            "task_id", "event_id",
            "status_id", "event_type",
            "priority", "created_type",
            "assignee", "created_by",
            "data", "additional_info",
            "started_at", "updated_at",
            "completed_at", "updated_at");

    private static final List<String> FIELDS = List.of(
            "task_id",
            "name",
            "status_id",
            "priority",
            "description",
            "data",
            "assignee",
            "domain_id",
            "workspace_id",
            "project_id",
            "created_at",
            "started_at");

    private static final String INSERT = """
            insert into audit_event (event_id, event_type, name, description, created_type, created_by,
                                     additional_info_as_sent, domain_id, workspace_id, project_id, task_id,
                                     created_at, updated_at)
            select event_id, event_type, name, description, created_type, created_by,
                   additional_info, domain_id, workspace_id, project_id, task_id, created_at, updated_at
              from jsonb_populate_recordset(null::audit_event, cast(? as jsonb))
            """;

    private static ReadModelDatabase database;
    private static Naive naive;

    @BeforeContainer
    static void load() {
        ArrayNode tasks = new RandomQueries(7).tasks(150);
        ArrayNode events = NODES.arrayNode();
        for (JsonNode row : tasks) {
            ObjectNode task = (ObjectNode) row;
            task.putArray("files");
            for (String text : List.of("description", "assignee")) {
                task.put(text, task.path(text).asString("a"));
            }
            task.put("started_at", task.path("started_at").asString("2025-01-01T00:00:00.000Z"));
            task.set("completed_at", task.get("started_at"));
            ObjectNode event = events.addObject().put("task_id", "task-1");
            FIELDS.forEach(name -> event.set(NAMES.getOrDefault(name, name), task.get(name)));
        }
        database = ReadModelDatabase.create("naive_events", "en-US");
        database.dsl().execute(INSERT, Json.write(events));
        naive = new Naive(tasks);
    }

    @Property(tries = 300)
    void aListHoldsTheSameEventsInTheSameOrder(@ForAll long seed) {
        ObjectNode query = query(seed, RandomQueries::listQuery, any -> true);
        ListAnswer<EventInfo> answer = database.queries()
                .list(
                        EventResource.of(),
                        ReadModelDatabase.OWNER,
                        Query.of(NaiveComparisonTest.request(ofEvents(query)), QuerySchema.EVENT));
        assertThat(answer.totalCount())
                .as("total of %s", query)
                .isEqualTo(naive.passing(query).size());
        assertThat(answer.results().stream().map(EventInfo::eventId))
                .as("events of %s", query)
                .containsExactlyElementsOf(naive.list(query));
    }

    @Property(tries = 300)
    void aStatHoldsTheSameRows(@ForAll long seed) {
        ObjectNode query =
                query(seed, random -> new RandomStatistics(random).query(), EventComparisonTest::namesItsResults);
        List<JsonNode> results = database.queries()
                .stat(
                        EventResource.of(),
                        ReadModelDatabase.OWNER,
                        StatisticsQuery.of(NaiveComparisonTest.request(ofEvents(query)), QuerySchema.EVENT))
                .results();
        assertThat(results.stream().map(row -> NaiveComparisonTest.comparable(row, query)))
                .as("rows of %s", query)
                .containsExactlyInAnyOrderElementsOf(naive.stat(query).stream()
                        .map(row -> NaiveComparisonTest.comparable(row, query))
                        .toList());
    }

    /** The first one from this seed on that asks for nothing that events do not have. */
    private static ObjectNode query(
            long seed, Function<RandomQueries, ObjectNode> kind, Predicate<ObjectNode> isComparable) {
        return LongStream.iterate(seed, next -> next + 1)
                .mapToObj(next -> kind.apply(new RandomQueries(next)))
                .filter(query -> !query.toString().contains("\"files\""))
                .filter(isComparable)
                .findFirst()
                .orElseThrow();
    }

    /** Else whole tasks come out. */
    private static boolean namesItsResults(ObjectNode query) {
        return query.has("distinct")
                || query.get("aggregate")
                        .valueStream()
                        .anyMatch(stage ->
                                List.of("group", "count", "project").stream().anyMatch(stage::has));
    }

    private static ObjectNode ofEvents(ObjectNode query) {
        return (ObjectNode) renamed(query);
    }

    private static JsonNode renamed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), renamed(member.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = NODES.arrayNode();
            list.forEach(element -> copy.add(renamed(element)));
            return copy;
        }
        return node.isString() ? NODES.stringNode(renamed(node.stringValue())) : node;
    }

    private static String renamed(String path) {
        String top = path.split("\\.", 2)[0];
        return NAMES.containsKey(top) ? NAMES.get(top) + path.substring(top.length()) : path;
    }
}
