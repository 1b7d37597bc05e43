package io.opsflow.queryside.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.error.ApiException;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LargeAnswersTest extends QueryTest {

    private static final int TASKS = 250;

    @Test
    void whatIsTooLargeForOneAnswerIsRefusedAndComesInPages() {
        task("task-0", "{'text': '%s'}".formatted("x".repeat(200_000)), Map.of("description", "y".repeat(100_000)));
        database().dsl().execute("""
                insert into task
                select (jsonb_populate_record(task, jsonb_build_object('task_id', 'task-' || n))).*
                  from task, generate_series(1, %d) as n
                """.formatted(TASKS - 1));

        tooLarge(() -> list("{}"));
        tooLarge(() -> list("{'page': {'limit': 10000}}"));
        tooLarge(() -> stages("{'sort': [{'key': 'name'}]}"));
        tooLarge(() -> stat("{'aggregate': [{'sort': [{'key': 'name'}]}], 'page': {'limit': 250}}"));

        assertThat(list("{'page': {'limit': 200}}").results()).hasSize(200);
        assertThat(list("{'page': {'start': 201, 'limit': 200}}").results()).hasSize(50);
        assertThat(list("{'minimal': true}").results()).hasSize(TASKS);
        assertThat(list("{'only': ['name']}").totalCount()).isEqualTo(TASKS);
        assertThat(stages("{'group': {'keys': [{'k': 'name', 'n': 'name'}]}}")).hasSize(1);
    }

    @Test
    void manySmallObjectsAreLargeThoughTheirTextIsNot() {
        task("task-0", "{'list': [%s]}".formatted(String.join(",", Collections.nCopies(50_000, "{}"))), Map.of());
        database().dsl().execute("""
                insert into task
                select (jsonb_populate_record(task, jsonb_build_object('task_id', 'task-' || n))).*
                  from task, generate_series(1, 19) as n
                """);

        tooLarge(() -> list("{'page': {'limit': 20}}"));
        assertThat(list("{'page': {'limit': 10}}").results()).hasSize(10);
    }

    @Test
    void manyNumbersAreLargeThoughTheirTextIsNot() {
        task("task-0", "{'list': [%s]}".formatted(String.join(",", Collections.nCopies(100_000, "1.5"))), Map.of());
        database().dsl().execute("""
                insert into task
                select (jsonb_populate_record(task, jsonb_build_object('task_id', 'task-' || n))).*
                  from task, generate_series(1, 19) as n
                """);

        tooLarge(() -> list("{'page': {'limit': 20}}"));
        assertThat(list("{'page': {'limit': 5}}").results()).hasSize(5);
    }

    @Test
    void whatIsGatheredIntoTooManyRowsIsRefused() {
        String list = IntStream.range(0, 600).mapToObj(String::valueOf).collect(joining(", ", "[", "]"));
        task("task-0", "{'a': %1$s, 'b': %1$s}".formatted(list), Map.of());
        String unwound = "{'unwind': {'path': 'data.a'}}, {'unwind': {'path': 'data.b'}}, ";

        tooLarge(() -> stages(unwound + "{'group': {'keys': [{'k': 'data.a', 'n': 'a'}, {'k': 'data.b', 'n': 'b'}]}}"));
        assertThat(stages(unwound + "{'group': {'keys': [{'k': 'data.a', 'n': 'a'}]}}"))
                .hasSize(600);
    }

    @Test
    void aNumberMayHaveMoreDigitsThanOneThatIsSent() {
        String digits = "3".repeat(900);
        task("task-1", "{'a': 0.%se-300}".formatted(digits));
        assertThat(stat("{'distinct': 'data.a'}")).containsExactly("0." + "0".repeat(300) + digits);
        assertThat(list("{'only': ['data.a'], 'unwind': {'path': 'data.a'}}").results())
                .hasSize(1);
    }

    @Test
    void aTextMayBecomeALongerNameThanOneThatIsSent() {
        String text = "x".repeat(100_000);
        task("task-1", "{'a': [{'k': '%s', 'v': 1}]}".formatted(text));
        assertThat(stages("{'project': {'fields': [{'k': 'data.a', 'n': 'o', 'o': 'array_to_object'}]}}"))
                .containsExactly("{'o':{'%s':1}}".formatted(text));
    }

    private static void tooLarge(ThrowingCallable query) {
        assertThatThrownBy(query)
                .isInstanceOf(ApiException.class)
                .hasMessage("Parameter is invalid. (key = query.page.limit, reason = the answer is too large)");
    }
}
