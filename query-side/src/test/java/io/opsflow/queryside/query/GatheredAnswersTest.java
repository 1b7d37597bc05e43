package io.opsflow.queryside.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is too large is not even received: a connection of the test fails at 140 MB. */
class GatheredAnswersTest {

    private static final String UNWOUND = "{'unwind': {'path': 'data.a'}}, ";
    private static final String FIRST = UNWOUND
            + "{'group': {'keys': [{'k': 'data.a', 'n': 'a'}],"
            + " 'fields': [{'k': 'description', 'n': 'd', 'o': 'first'}]}}";

    // It takes PostgreSQL a while to make what is not sent.
    private static final ReadModelDatabase DATABASE = ReadModelDatabase.create("gathered", Duration.ofMinutes(1));

    @BeforeEach
    void aTask() {
        DATABASE.dsl().execute("truncate task");
        String numbers = IntStream.range(0, 1_500).mapToObj(String::valueOf).collect(joining(", "));
        DATABASE.insertTasks(JsonNodeFactory.instance.arrayNode().add(json("""
                        {'task_id': 'task-0', 'name': 'Task', 'status_id': 'status-todo', 'status_type': 'TODO',
                         'priority': 'MEDIUM', 'description': '%s', 'data': {'a': [%s]}, 'created_by': 'kim',
                         'domain_id': '%s', 'workspace_id': '%s', 'project_id': 'project-1',
                         'category_id': 'category-1', 'task_type_id': 'task-type-1',
                         'created_at': '2025-01-01T00:00:00.000Z', 'updated_at': '2025-01-01T00:00:00.000Z'}
                        """.formatted(
                        "y".repeat(100_000), numbers, ReadModelDatabase.DOMAIN, ReadModelDatabase.WORKSPACE))));
    }

    @Test
    void groupsThatGatherTooMuchAreRefusedWhateverIsMadeOfThem() {
        String reason = "Parameter is invalid. (key = query.aggregate,"
                + " reason = its groups gather too much; filter first, or gather less)";
        refused(reason, "{'aggregate': [%s]}".formatted(gathering("push", 700)));
        refused(reason, "{'aggregate': [%s]}".formatted(gathering("add_to_set", 700)));
        refused(reason, "{'aggregate': [%s]}".formatted(gathering("first", 1_400, "last")));
        refused(reason, "{'aggregate': [%s], 'page': {'limit': 1}}".formatted(gathering("push", 700)));
        String ofSizes = "{'aggregate': [%s, {'project': {'fields': [{'k': 'd0', 'n': 'n', 'o': 'size'}]}}]}";
        refused(reason, ofSizes.formatted(gathering("push", 700)));
        refused(reason, ofSizes.formatted(gathering("push", 350, "push")));
        assertThat(stat(ofSizes.formatted(gathering("push", 600)))
                        .getFirst()
                        .get("n")
                        .intValue())
                .isEqualTo(600);
    }

    @Test
    void oneRowThatHoldsTooMuchIsRefusedInAPageToo() {
        String thrice = gathering("push", 600)
                + ", {'project': {'fields': [{'k': 'd0', 'n': 'a'}, {'k': 'd0', 'n': 'b'}, {'k': 'd0', 'n': 'c'}]}}";
        tooLarge("{'aggregate': [%s]}".formatted(thrice));
        tooLarge("{'aggregate': [%s], 'page': {'limit': 1}}".formatted(thrice));
    }

    @Test
    void rowsThatHoldTooMuchTogetherAreRefused() {
        tooLarge("{'aggregate': [%s]}".formatted(FIRST));
        tooLarge("{'aggregate': [%s], 'page': {'limit': 1500}}".formatted(FIRST));
    }

    @Test
    void whatFitsComesInItsOrder() {
        assertThat(stat("{'aggregate': [%s, {'sort': [{'key': 'a', 'desc': true}]}], 'page': {'limit': 200}}"
                        .formatted(FIRST)))
                .extracting(row -> row.get("a").intValue())
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> 1_499 - i).toList());
    }

    /** Of so many rows, by each operator. */
    private static String gathering(String operator, int rows, String... more) {
        List<String> operators =
                Stream.concat(Stream.of(operator), Stream.of(more)).toList();
        return UNWOUND
                + "{'limit': %d}, {'group': {'fields': [%s]}}"
                        .formatted(
                                rows,
                                IntStream.range(0, operators.size())
                                        .mapToObj(i -> "{'k': 'description', 'n': 'd%d', 'o': '%s'}"
                                                .formatted(i, operators.get(i)))
                                        .collect(joining(", ")));
    }

    private static void tooLarge(String query) {
        refused("Parameter is invalid. (key = query.page.limit, reason = the answer is too large)", query);
    }

    private static void refused(String message, String query) {
        assertThatThrownBy(() -> stat(query)).isInstanceOf(ApiException.class).hasMessage(message);
    }

    private static List<JsonNode> stat(String query) {
        Members request = Members.of(json("{'query': %s}".formatted(query)));
        return DATABASE.queries()
                .stat(TaskResource.of(""), ReadModelDatabase.OWNER, StatisticsQuery.of(request, QuerySchema.TASK))
                .results();
    }

    private static JsonNode json(String text) {
        return ReadModelDatabase.json(text.replace('\'', '"'));
    }
}
