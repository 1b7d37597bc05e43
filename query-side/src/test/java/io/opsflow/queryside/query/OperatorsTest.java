package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator finds, and what it must not. */
class OperatorsTest extends QueryTest {

    @Test
    void anEmptyTextAsksForWhatIsUnset() {
        task("task-1", Map.of("assignee", "kim"));
        task("task-2", Map.of());
        assertThat(where("assignee", "eq", "''")).containsExactly("task-2");
        assertThat(where("assignee", "eq", "null")).containsExactly("task-2");
        assertThat(where("assignee", "not", "''")).containsExactly("task-1");
        assertThat(where("assignee", "in", "['', 'lee']")).containsExactly("task-2");
        assertThat(where("assignee", "contain", "''")).containsExactly("task-1");
        assertThat(where("assignee", "not_contain", "'x'")).containsExactly("task-1", "task-2");
        assertThat(where("assignee", "gte", "''")).containsExactly("task-1");
    }

    @Test
    void emptyFilesAreUnset() {
        task("task-1", Map.of("files", "['f1', 'f2']"));
        task("task-2", Map.of("files", "[]"));
        assertThat(where("files", "exists", "true")).containsExactly("task-1");
        assertThat(where("files", "eq", "null")).containsExactly("task-2");
        assertThat(where("files", "eq", "'f2'")).containsExactly("task-1");
        assertThat(where("files", "not_in", "['f1']")).containsExactly("task-2");
    }

    @Test
    void nullMatchesWhatIsNotFoundAndNullsButNoEmptyList() {
        task("task-1", "{'a': null}");
        task("task-2", "{}");
        task("task-3", "{'a': []}");
        task("task-4", "{'a': [null]}");
        task("task-5", "{'a': ''}");
        assertThat(where("data.a", "eq", "null")).containsExactly("task-1", "task-2", "task-4");
        assertThat(where("data.a", "in", "[null, '']")).containsExactly("task-1", "task-2", "task-4", "task-5");
        assertThat(where("data.a", "exists", "true")).containsExactly("task-1", "task-3", "task-4", "task-5");
        assertThat(where("data.a", "exists", "false")).containsExactly("task-2");
    }

    @Test
    void listsInListsAreNotOpened() {
        task("task-1", "{'a': [[1], 2], 'b': [[{'c': 1}]]}");
        assertThat(where("data.a", "eq", "1")).isEmpty();
        assertThat(where("data.a", "gt", "1")).containsExactly("task-1");
        assertThat(where("data.a", "lt", "2")).isEmpty();
        assertThat(where("data.b.c", "eq", "1")).isEmpty();
        assertThat(where("data.b.0.c", "eq", "1")).containsExactly("task-1");
        assertThat(where("data.b.0.0.c", "eq", "1")).containsExactly("task-1");
    }

    @Test
    void aPartOfDigitsIsAnIndexOnAListAlone() {
        task("task-1", "{'a': ['x', 'y'], 'o': {'0': 'z'}, 's': 'w'}");
        assertThat(where("data.a.1", "eq", "'y'")).containsExactly("task-1");
        assertThat(where("data.o.0", "eq", "'z'")).containsExactly("task-1");
        assertThat(where("data.s.0", "eq", "'w'")).isEmpty();
        assertThat(where("data.a.-1", "eq", "'y'")).isEmpty();
        assertThat(where("data.a.01", "eq", "'y'")).isEmpty();
        assertThat(where("data.a.99999999999999999999", "eq", "'y'")).isEmpty();
    }

    @Test
    void anObjectIsEqualAsAWhole() {
        task("task-1", "{'a': {'x': 1, 'y': [1]}}");
        task("task-2", "{'a': [{'y': [1], 'x': 1.0}]}");
        assertThat(where("data.a", "eq", "{'y': [1], 'x': 1}")).containsExactly("task-1", "task-2");
        assertThat(where("data.a", "eq", "{'x': 1}")).isEmpty();
        assertThat(where("data.a", "not", "{'x': 1}")).containsExactly("task-1", "task-2");
    }

    @Test
    void aListAmongTheValuesIsAWholeValueOrAnElement() {
        task("task-1", "{'a': [1, 2]}");
        task("task-2", "{'a': [[1, 2], 3]}");
        task("task-3", "{'a': [[[1, 2]]]}");
        task("task-4", "{'a': [{'b': [1, 2]}]}");
        task("task-5", "{}");
        assertThat(where("data.a", "in", "[[1, 2], [9]]")).containsExactly("task-1", "task-2");
        assertThat(where("data.a", "in", "[[3], [[1, 2]], 3, null]")).containsExactly("task-2", "task-3", "task-5");
        assertThat(where("data.a", "not_in", "[[1, 2], [[1, 2]]]")).containsExactly("task-4", "task-5");
        assertThat(where("data.a.b", "in", "[[1, 2]]")).containsExactly("task-4");
        assertThat(where("data.a.0", "in", "[[1, 2], []]")).containsExactly("task-2", "task-3");
    }

    @Test
    void aValueMayBeAsDeepAsARequest() {
        task("task-1", "{'a': {'b': {'c': {'d': {'x': 1}}}}}");
        String deep = "{'x': ".repeat(496) + "1" + "}".repeat(496);
        assertThat(where("data.a.b.c.d", "eq", deep)).isEmpty();
        assertThat(where("data.a.b.c.d", "match", deep)).isEmpty();
        assertThat(where("data.a.b.c.d", "not", deep)).containsExactly("task-1");
        assertThat(where("data.a.b.c.d", "in", "[%s]".formatted(deep.substring(6, deep.length() - 1))))
                .isEmpty();
    }

    @Test
    void typesAreComparedWithTheirOwn() {
        task("task-1", "{'a': 5}");
        task("task-2", "{'a': '5'}");
        task("task-3", "{'a': true}");
        task("task-4", "{'a': null}");
        assertThat(where("data.a", "gte", "5")).containsExactly("task-1");
        assertThat(where("data.a", "gte", "'4'")).containsExactly("task-2");
        assertThat(where("data.a", "gte", "true")).isEmpty();
        assertThat(where("data.a", "lte", "null")).isEmpty();
        assertThat(where("data.a", "gte", "{}")).isEmpty();
    }

    @Test
    void matchFindsOneElementThatHasAllMembers() {
        task("task-1", "{'steps': [{'owner': 'kim', 'done': false}, {'owner': 'lee', 'done': true}]}");
        task("task-2", "{'steps': {'owner': 'kim', 'done': true}}");
        assertThat(where("data.steps", "match", "{'owner': 'lee', 'done': true}"))
                .containsExactly("task-1");
        assertThat(where("data.steps", "match", "{'owner': 'kim', 'done': true}"))
                .isEmpty();
        assertThat(where("data.steps", "match", "{'owner': 'kim', 'note': null}"))
                .isEmpty();
        assertThat(where("data.steps", "match", "{}")).containsExactly("task-1");
    }

    @ParameterizedTest
    @CsvSource({
        "ÜBER, über, true",
        "Σ, ς, true",
        "σ, ς, true",
        "ß, ss, false",
        "ß, ẞ, true",
        "İ, i, false",
        "I, i, true",
        "K, \u212A, true",
        "50%, %, true",
        "50, %, false",
        "a_b, _, true",
        "ab, _, false",
        "a\\b, \\, true",
        "ab, \\, false"
    })
    void containFoldsSimplyAndTakesEveryCharacterLiterally(String name, String part, boolean found) {
        task("task-1", "{'n': '%s'}".formatted(name.replace("\\", "\\\\")), Map.of("name", name));
        String value = "'%s'".formatted(part.replace("\\", "\\\\"));
        assertThat(where("name", "contain", value)).hasSize(found ? 1 : 0);
        assertThat(where("data.n", "contain", value)).hasSize(found ? 1 : 0);
        assertThat(where("name", "not_contain", value)).hasSize(found ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Disk full | ^disk | true",
                "Disk full | FULL$ | true",
                "Disk full | ^full | false",
                "a.b | a\\\\.b | true",
                "axb | a\\\\.b | false",
                "disk | \\\\bdisk\\\\b | true",
                "disks | \\\\bdisk\\\\b | false",
                "xé | x\\\\b | false",
                "disks | disk\\\\B | true",
                "é | ^\\\\w$ | true",
                "한글 | ^\\\\w+$ | true",
                "a-b | ^[a\\\\-b]+$ | true",
                "x]y | [\\\\]] | true",
                "A | [a-c] | true",
                "a | [^a] | false",
                "ab | ^(?!b)a(?=b) | true",
                "aaa | ^a{2}$ | false",
                "aaa | ^a{2,}?$ | true",
                "a1 | ^\\\\D\\\\d$ | true",
                "x*** | \\\\*{3} | true",
                "***=a | ^\\\\*\\\\*\\\\*=a | true",
                "Ü | ü | true",
                "q5 | [\\\\d\\\\s]$ | true",
                "mm | \\\\w\\\\w | true"
            })
    void theRegularExpressionsOfTheDialectMeanWhatTheySay(String name, String pattern, boolean found) {
        task("task-1", Map.of("name", name));
        assertThat(where("name", "regex", "'%s'".formatted(pattern))).hasSize(found ? 1 : 0);
        assertThat(where("name", "regex_in", "['nope', '%s']".formatted(pattern)))
                .hasSize(found ? 1 : 0);
    }

    @Test
    void aDotAndANegatedClassMatchALineBreakAndTheEndsAreTheTexts() {
        task("task-1", Map.of("description", "a\nb"));
        assertThat(where("description", "regex", "'a.b'")).hasSize(1);
        assertThat(where("description", "regex", "'a[^x]b'")).hasSize(1);
        assertThat(where("description", "regex", "'a$'")).isEmpty();
        assertThat(where("description", "regex", "'a\\\\nb'")).hasSize(1);
    }

    @Test
    void timesAreComparedAsTimes() {
        task("task-1", Map.of("created_at", "2025-01-01T00:00:00.001Z"));
        assertThat(where("created_at", "eq", "'2025-01-01T09:00:00.0019+09:00'"))
                .hasSize(1);
        assertThat(where("created_at", "in", "[null, '2025-01-01T00:00:00.001Z']"))
                .hasSize(1);
        assertThat(where("created_at", "gt", "'2025'")).hasSize(1);
        assertThat(where("created_at", "gt", "null")).isEmpty();
        assertThat(where("completed_at", "not_in", "['2025']")).hasSize(1);
        assertThat(where("created_at", "contain", "'2025'")).isEmpty();
        assertThat(where("created_at", "regex", "'2025'")).isEmpty();
        assertThat(where("created_at", "datetime_gte", "'0001'")).hasSize(1);
        assertThat(where("created_at", "lte", "'9999-12-31T23:59:59.999Z'")).hasSize(1);
    }

    @Test
    void manyValuesAreNoneToo() {
        task("task-1", "{'a': 7}");
        String values = IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(where("data.a", "in", "[%s]".formatted(values))).hasSize(1);
        assertThat(where("data.a", "not_in", "[%s]".formatted(values))).isEmpty();
        assertThat(where("data.a", "in", "[]")).isEmpty();
        assertThat(where("data.a", "not_in", "[]")).hasSize(1);
        assertThat(where("name", "contain_in", "[]")).isEmpty();
        assertThat(where("name", "not_contain_in", "[]")).hasSize(1);
        assertThat(where("name", "regex_in", "[]")).isEmpty();
        assertThat(where("created_at", "in", "[]")).isEmpty();
        assertThat(where("created_at", "not_in", "[]")).hasSize(1);
    }
}
