package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The largest queries make statements that are not much larger than they are. */
class LargeQueriesTest extends QueryTest {

    private static final int MEGABYTE = 1_000_000;

    @BeforeEach
    void aTask() {
        task("task-1", "{'a': [[7], 8]}", Map.of());
        database().sent();
    }

    @Test
    void aSortByManyLongPaths() {
        String sort = longPaths("{'key': '%s'}");
        assertThat(ids(list("{'sort': [%s]}".formatted(sort)))).containsExactly("task-1");
        assertThat(sentCharacters()).isLessThan(MEGABYTE);
        assertThat(stages("{'sort': [%s]}, {'skip': 0}, {'count': {'name': 'n'}}".formatted(sort)))
                .containsExactly("{'n':1}");
        assertThat(sentCharacters()).isLessThan(MEGABYTE);
    }

    @Test
    void aGroupByManyLongPaths() {
        String keys = longPaths("{'k': '%s', 'n': 'n%d'}");
        assertThat(stages("{'group': {'keys': [%s]}}".formatted(keys))).containsExactly("{}");
        assertThat(sentCharacters()).isLessThan(MEGABYTE);
    }

    @Test
    void aProjectionOfManyLongPaths() {
        String fields = longPaths("{'k': '%s', 'n': 'n%d', 'o': 'object_to_array'}");
        assertThat(stages("{'project': {'fields': [%s]}}".formatted(fields))).hasSize(1);
        assertThat(sentCharacters()).isLessThan(MEGABYTE);
    }

    @Test
    void anUnwindOfManyLongPaths() {
        String unwinds = longPaths(20, "{'unwind': {'path': '%s'}}");
        assertThat(stages(unwinds)).isEmpty();
        assertThat(sentCharacters()).isLessThan(MEGABYTE);
    }

    @Test
    void tenThousandListsAsValues() {
        String lists = IntStream.range(0, 10_000).mapToObj("[%d]"::formatted).collect(Collectors.joining(","));
        assertThat(where("data.a", "in", "[%s]".formatted(lists))).containsExactly("task-1");
        assertThat(where("data.a", "not_in", "[%s]".formatted(lists))).isEmpty();
        assertThat(sentCharacters()).isLessThan(2 * MEGABYTE);
    }

    private static String longPaths(String element) {
        return longPaths(100, element);
    }

    /** Elements with a path of 32 parts each, and its number. */
    private static String longPaths(int count, String element) {
        return IntStream.range(0, count)
                .mapToObj(i -> element.formatted(
                        "data"
                                + ".a name of some length, as people write them, %d"
                                        .formatted(i)
                                        .repeat(31),
                        i))
                .collect(Collectors.joining(","));
    }

    private static int sentCharacters() {
        return database().sent().stream().mapToInt(String::length).sum();
    }
}
