package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ExcerptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': {'x': 1, 'y': 2}, 'b': 1} | a.x | {'a': {'x': 1}}",
                "{'a': {'x': 1, 'y': 2}, 'b': 1} | a.y a b.x | {'a': {'x': 1, 'y': 2}}",
                "{'a': 1} | nope | {}",
                "{'a': [{'x': 1, 'y': 2}, 3, {}, [{'x': 1}]]} | a.x | {'a': [{'x': 1}, {}]}",
                "{'a': [{'x': 1, 'y': 2}, {'x': 3, 'y': 4}]} | a.1 a.x | {'a': [{'x': 1}, {'x': 3, 'y': 4}]}",
                "{'a': [{'0': 1, '00': 2}, {'0': 3, '00': 4}]} | a.0.00 a.0.0 | {'a': [{'0': 1, '00': 2}]}",
                "{'a': [{'0': 1, '00': 2}, {'0': 3, '00': 4}]} | a.5 a.00 | {'a': [{'00': 2}, {'00': 4}]}",
                "{'a': {'0': 1, '1': 2}} | a.0 | {'a': {'0': 1}}"
            })
    void aPathGoesThroughListsOfObjectsAndByIndexes(String value, String paths, String excerpt) {
        List<List<String>> parts = List.of(paths.split(" ")).stream()
                .map(path -> List.of(path.split("\\.")))
                .toList();
        assertThat(Excerpt.along(parts).of(json(value))).isEqualTo(json(excerpt));
    }

    @Test
    void manyPathsIntoALongListAreNoMoreWorkThanItsElements() {
        List<List<String>> paths = IntStream.range(0, 1_000)
                .mapToObj(i -> List.of("list", "name" + i))
                .toList();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, 100_000).forEach(i -> list.addObject());
        JsonNode value = JsonNodeFactory.instance.objectNode().set("list", list);
        Excerpt excerpt = Excerpt.along(paths);
        for (int row = 0; row < 20; row++) {
            assertThat(excerpt.of(value)).isEqualTo(value);
        }
    }

    private static JsonNode json(String text) {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }
}
