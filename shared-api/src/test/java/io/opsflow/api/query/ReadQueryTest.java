package io.opsflow.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may hold, and in which words the rest is refused. */
class ReadQueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'filter': {}} | Parameter type is invalid. (key = query.filter, type = list)",
                "{'filter': [1]} | Parameter type is invalid. (key = query.filter[0], type = dictionary)",
                "{'filter': [{'v': 1, 'o': 'eq'}]} | Required parameter. (key = query.filter[0].key)",
                "{'filter': [{'k': 'name', 'o': 'eq'}]} | Required parameter. (key = query.filter[0].value)",
                "{'filter': [{'k': 'name', 'v': 1}]} | Required parameter. (key = query.filter[0].operator)",
                "{'filter': [{'k': 'name', 'key': 'name', 'v': 1, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].key, reason = given twice, also as k)",
                "{'filter': [{'k': 'name', 'v': 1, 'value': 1, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].value, reason = given twice, also as v)",
                "{'filter': [{'k': 'name', 'v': 1, 'value': null, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].value, reason = given twice, also as v)",
                "{'filter': [{'k': null, 'key': '', 'v': 1, 'o': 'eq'}]} | Required parameter. (key = query.filter[0].key)",
                "{'filter': [{'k': 'name', 'v': 1, 'o': 'eq', 'x': 1}]} | Parameter is invalid. (key = query.filter[0].x, reason = unknown member)",
                "{'filter': [{'k': 'nope', 'v': 1, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].key, reason = unknown key)",
                "{'filter': [{'k': 'name.x', 'v': 1, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].key, reason = unknown key)",
                "{'filter': [{'k': 'data..x', 'v': 1, 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].key, reason = a part of the path is empty)",
                "{'filter_or': [{'k': 'name', 'v': 'a', 'o': 'eq'}, {'k': 'name', 'v': [], 'o': 'not'}]} | The value of 'not operator' does not support list type. (key = query.filter_or[1].value)",
                "{'filter': [{'k': 'name', 'v': 'a', 'o': 'in'}]} | The value of 'in operator' must be a list type. (key = query.filter[0].value)",
                "{'filter': [{'k': 'data.a', 'v': 'a', 'o': 'match'}]} | The value of 'match operator' must be a dictionary type. (key = query.filter[0].value)",
                "{'filter': [{'k': 'name', 'v': 1, 'o': 'exists'}]} | The value of 'exists operator' must be a boolean type. (key = query.filter[0].value)",
                "{'filter': [{'k': 'name', 'v': 1, 'o': 'contain'}]} | The value of 'contain operator' does not support number type. (key = query.filter[0].value)",
                "{'filter': [{'k': 'name', 'v': ['a', null], 'o': 'contain_in'}]} | The value of 'contain_in operator' does not support null type. (key = query.filter[0].value[1])",
                "{'filter': [{'k': 'name', 'v': '(', 'o': 'regex'}]} | Parameter is invalid. (key = query.filter[0].value, reason = a bad regular expression: a ( is not closed)",
                "{'filter': [{'k': 'created_at', 'v': 'infinity', 'o': 'eq'}]} | Parameter is invalid. (key = query.filter[0].value, reason = not an ISO 8601 time)",
                "{'filter': [{'k': 'created_at', 'v': ['2025', 'now'], 'o': 'in'}]} | Parameter is invalid. (key = query.filter[0].value[1], reason = not an ISO 8601 time)",
                "{'filter': [{'k': 'created_at', 'v': 1, 'o': 'gt'}]} | The value of 'gt operator' does not support number type. (key = query.filter[0].value)",
                "{'filter': [{'k': 'data.at', 'v': '2025', 'o': 'datetime_gt'}]} | Parameter is invalid. (key = query.filter[0].value, reason = 'datetime_gt' takes timestamp fields only)",
                "{'filter': [{'k': 'name', 'v': 'now', 'o': 'timediff_gt'}]} | Parameter is invalid. (key = query.filter[0].value, reason = 'timediff_gt' takes timestamp fields only)",
                "{'page': {'limit': 1.5}} | Parameter is invalid. (key = query.page.limit, reason = it must be a whole number from 0)",
                "{'page': {'start': -1}} | Parameter is invalid. (key = query.page.start, reason = it must be a whole number from 0)",
                "{'page': {'limit': 10001}} | Parameter is invalid. (key = query.page.limit, reason = at most 10,000)",
                "{'page': {'limit': 'x'}} | Parameter type is invalid. (key = query.page.limit, type = integer)",
                "{'only': ['nope']} | Parameter is invalid. (key = query.only[0], reason = unknown key)",
                "{'unwind': {'path': 'data.tags'}} | Required parameter. (key = query.only)",
                "{'only': ['data'], 'unwind': {'path': 'data.a', 'filter': [{'k': 'data.a', 'v': 1, 'o': 'gt'}]}} | Parameter is invalid. (key = query.unwind.filter[0].operator, reason = it must be one of eq, not, in, not_in, contain, not_contain, contain_in, not_contain_in)",
                "{'minimal': 'yes'} | Parameter type is invalid. (key = query.minimal, type = boolean)",
                "{'nope': 1} | Parameter is invalid. (key = query.nope, reason = unknown member)",
                "{'filter': [{'k': 'nope', 'v': 1, 'o': 'eq'}], 'page': 1, 'nope': 1} | Parameter is invalid. (key = query.filter[0].key, reason = unknown key)"
            })
    void aWrongListIsRefusedWithItsPlace(String query, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> list(query))
                .withMessage(message)
                .matches(e -> e.status() == 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Required parameter. (key = aggregate)",
                "{'aggregate': [{}]} | Parameter is invalid. (key = query.aggregate[0], reason = it must hold one of unwind, group, sort, project, limit, skip, count)",
                "{'aggregate': [{'limit': 1, 'skip': 1}]} | Parameter is invalid. (key = query.aggregate[0], reason = it must hold one of unwind, group, sort, project, limit, skip, count)",
                "{'aggregate': [{'limit': 0}]} | Parameter is invalid. (key = query.aggregate[0].limit, reason = it must be a whole number from 1)",
                "{'aggregate': [{'limit': 0, 'sort': [], 'group': null, 'unwind': ''}]} | Parameter is invalid. (key = query.aggregate[0], reason = it must hold one of unwind, group, sort, project, limit, skip, count)",
                "{'aggregate': [{'limit': 1, 'skip': 0, 'count': {}}]} | Parameter is invalid. (key = query.aggregate[0], reason = it must hold one of unwind, group, sort, project, limit, skip, count)",
                "{'aggregate': [{'limit': 0.5}]} | Parameter is invalid. (key = query.aggregate[0].limit, reason = it must be a whole number from 1)",
                "{'aggregate': [{'limit': 1, 'skip': 0, 'nope': 0}]} | Parameter is invalid. (key = query.aggregate[0].nope, reason = unknown member)",
                "{'aggregate': [{'count': {}}]} | Required parameter. (key = query.aggregate[0].count.name)",
                "{'aggregate': [{'unwind': {}}]} | Required parameter. (key = query.aggregate[0].unwind.path)",
                "{'aggregate': [{'group': {'keys': [{'k': 'name', 'n': 'x', 'date_format': 'year'}]}}]} | Parameter is invalid. (key = query.aggregate[0].group.keys[0].date_format, reason = it takes timestamp fields only)",
                "{'aggregate': [{'group': {'keys': [{'k': 'created_at', 'n': 'x', 'date_format': '%Y %q'}]}}]} | Parameter is invalid. (key = query.aggregate[0].group.keys[0].date_format, reason = of %x only %Y %m %d %H %M %S %L %j %G %V %u %% are known)",
                "{'aggregate': [{'group': {'fields': [{'n': 'x', 'o': 'median'}]}}]} | Parameter is invalid. (key = query.aggregate[0].group.fields[0].operator, reason = it must be one of count, sum, average, max, min, first, last, push, add_to_set, merge_objects)",
                "{'aggregate': [{'group': {'fields': [{'n': 'x', 'o': 'sum'}]}}]} | Required parameter. (key = query.aggregate[0].group.fields[0].key)",
                "{'aggregate': [{'group': {'fields': [{'n': 'x', 'o': 'count', 'conditions': [{'k': 'name', 'v': 'a', 'o': 'contain'}]}]}}]} | Parameter is invalid. (key = query.aggregate[0].group.fields[0].conditions[0].operator, reason = it must be one of eq, not, gt, gte, lt, lte)",
                "{'aggregate': [{'group': {'keys': [{'k': 'created_at', 'n': 't'}]}}, {'group': {'keys': [{'k': 'created_at', 'n': 'x', 'date_format': 'year'}]}}]} | Parameter is invalid. (key = query.aggregate[1].group.keys[0].date_format, reason = it takes timestamp fields only)",
                "{'aggregate': [{'project': {'fields': [{'k': 'a', 'n': 'b', 'o': 'c'}]}}]} | Parameter is invalid. (key = query.aggregate[0].project.fields[0].operator, reason = it must be one of size, sum, array_to_object, object_to_array)",
                "{'distinct': 'name', 'sort': []} | Parameter is invalid. (key = query.sort, reason = unknown member)",
                "{'aggregate': [{'limit': 1}], 'distinct': 'a..b'} | Parameter is invalid. (key = query.distinct, reason = a part of the path is empty)",
                "{'distinct': 'name', 'page': {'start': 2}} | Required parameter. (key = query.page.limit)"
            })
    void aWrongStatIsRefusedWithItsPlace(String query, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> stat(query))
                .withMessage(message)
                .matches(e -> e.status() == 400);
    }

    @Test
    void aStatWithoutQueryIsRefused() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> StatisticsQuery.of(request("{}"), QuerySchema.TASK))
                .withMessage("Required parameter. (key = query)");
    }

    @Test
    void aListWithoutQueryAsksForEverything() {
        Query query = Query.of(request("{}"), QuerySchema.TASK);
        assertThat(query.filter()).isEmpty();
        assertThat(query.page().isLimited()).isFalse();
    }

    @Test
    void notGivenIsNotGivenInAllItsForms() {
        Query query = list("""
                {'filter': null, 'filterOr': [], 'keyword': '', 'sort': [], 'page': {'start': '', 'limit': null},
                 'minimal': null, 'countOnly': 0, 'only': [], 'unwind': ''}""");
        assertThat(query).isEqualTo(list("{}"));
    }

    @Test
    void aStageIsTheOneThatIsGiven() {
        StatisticsQuery query = stat("{'aggregate': [{'limit': 2}, {'group': {}}, {'skip': 1}, {'skip': 0}]}");
        assertThat(stat("""
                {'aggregate': [{'sort': [], 'limit': 2, 'skip': 0}, {'unwind': '', 'group': {}, 'count': null},
                 {'limit': 0, 'skip': 1}, {'skip': 0, 'limit': null}]}""")).isEqualTo(query);
    }

    @Test
    void aNameThatHoldsNothingLeavesTheMemberToTheOther() {
        Query query = list("{'filter': [{'k': 'name', 'v': 'a', 'o': 'eq'}], 'sort': [{'key': 'name'}]}");
        assertThat(list("""
                {'filter': [{'k': 'name', 'key': null, 'v': 'a', 'o': '', 'operator': 'eq'}], 'filter_or': [],
                 'filterOr': '', 'sort': [{'key': 'name'}]}""")).isEqualTo(query);
        assertThat(list("""
                {'filter': [{'k': 0, 'key': 'name', 'v': 'a', 'o': 'eq', 'operator': []}], 'sort': [{'key': 'name'}]}""")).isEqualTo(query);
    }

    @Test
    void pageNumbersMayBeTextsAndDecimals() {
        assertThat(list("{'page': {'start': '16', 'limit': 15.0}}").page()).isEqualTo(new Page(16, 15));
    }

    @Test
    void aNullIsAValue() {
        assertThat(list("{'filter': [{'k': 'name', 'v': null, 'o': 'eq'}]}").filter())
                .hasSize(1);
    }

    @Test
    void aHundredConditionsAreTheLimit() {
        assertThat(list("{'filter': [%s]}".formatted(conditions(100))).filter()).hasSize(100);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> list("{'filter': [%s]}".formatted(conditions(101))));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(
                        () -> list("{'filter': [%s], 'filter_or': [%s]}".formatted(conditions(60), conditions(60))));
    }

    @Test
    void twentyStagesAreTheLimit() {
        String stages = String.join(",", java.util.Collections.nCopies(20, "{'skip': 1}"));
        assertThat(stat("{'aggregate': [%s]}".formatted(stages)).stages()).hasSize(20);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> stat("{'aggregate': [%s, {'skip': 1}]}".formatted(stages)));
    }

    @Test
    void tenThousandValuesAreTheLimit() {
        String values = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(list("{'filter': [{'k': 'data.a', 'v': [%s], 'o': 'in'}]}".formatted(values))
                        .filter())
                .hasSize(1);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> list("{'filter': [{'k': 'data.a', 'v': [%s, 0], 'o': 'in'}]}".formatted(values)));
    }

    @Test
    void aPathHasAtMost32Parts() {
        String deepest = "data" + ".a".repeat(31);
        assertThat(list("{'filter': [{'k': '%s', 'v': 1, 'o': 'eq'}]}".formatted(deepest))
                        .filter())
                .hasSize(1);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> list("{'filter': [{'k': '%s.a', 'v': 1, 'o': 'eq'}]}".formatted(deepest)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'count': {'name': '%s'}}",
                "{'group': {'keys': [{'k': 'name', 'n': '%s'}]}}",
                "{'group': {'fields': [{'o': 'count', 'n': '%s'}]}}",
                "{'group': {'fields': [{'o': 'push', 'n': 'x', 'fields': [{'k': 'name', 'n': '%s'}]}]}}",
                "{'project': {'fields': [{'k': 'name', 'n': '%s'}]}}"
            })
    void aNameHasAtMost255Characters(String stage) {
        String longest = "\uD83D\uDE00".repeat(255);
        String aggregate = "{'aggregate': [%s]}".formatted(stage);
        assertThat(stat(aggregate.formatted(longest)).stages()).hasSize(1);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> stat(aggregate.formatted(longest + "a")))
                .withMessageEndingWith("name, reason = at most 255 characters)")
                .matches(e -> e.status() == 400);
    }

    private static String conditions(int count) {
        return String.join(",", java.util.Collections.nCopies(count, "{'k': 'name', 'v': 'a', 'o': 'eq'}"));
    }

    private static Query list(String query) {
        return Query.of(request("{'query': %s}".formatted(query)), QuerySchema.TASK);
    }

    private static StatisticsQuery stat(String query) {
        return StatisticsQuery.of(request("{'query': %s}".formatted(query)), QuerySchema.TASK);
    }

    private static Members request(String json) {
        return Members.of(Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
