package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatTasksTest extends QueryTest {

    @Test
    void withoutAGroupRowsAreTasksWithoutWhatIsUnset() {
        task("task-1", "{'a': 1.50}", Map.of("assignee", "kim"));
        assertThat(stages("{'skip': 0}")).containsExactly("""
                {'task_id':'task-1','name':'Task task-1','status_id':'status-todo','status_type':'TODO',\
                'priority':'MEDIUM','data':{'a':1.50},'assignee':'kim','created_by':'kim@example.com',\
                'domain_id':'domain-6b1f0e2a9c34','workspace_id':'workspace-1a2b3c4d5e6f','project_id':'project-1',\
                'category_id':'category-1','task_type_id':'task-type-1','created_at':'2025-01-01T00:00:00.000Z',\
                'updated_at':'2025-01-01T00:00:00.000Z'}""");
    }

    @Test
    void anUnsetKeyIsLeftOutAndAStoredNullIsAGroup() {
        task("task-1", "{'a': null}");
        task("task-2", "{}");
        task("task-3", "{'a': 1}");
        task("task-4", "{'a': 1.0}");
        assertThat(stages("""
                {'group': {'keys': [{'k': 'data.a', 'n': 'a'}], 'fields': [{'n': 'n', 'o': 'count'}]}},
                {'sort': [{'key': 'n'}, {'key': 'a'}]}"""))
                .hasSize(3)
                .contains("{'n':1}", "{'a':null,'n':1}")
                .anyMatch(row -> row.matches("\\{'a':1(\\.0)?,'n':2}"));
    }

    @Test
    void anUnsetTimeIsNullInADateFormat() {
        task("task-1", Map.of());
        task("task-2", Map.of("completed_at", "2025-12-29T10:11:12.345Z"));
        assertThat(stages("""
                {'group': {'keys': [{'k': 'completed_at', 'n': 't', 'date_format': 'day "%G" \\\\W%V-%u %j %H:%M:%S.%L %% %Y'}]}},
                {'sort': [{'key': 't'}]}""".replace("\"%G\"", "%G")))
                .containsExactly("{'t':null}", "{'t':'day 2026 \\\\W01-1 363 10:11:12.345 % 2025'}");
    }

    @Test
    void overNothingEachOperatorHasItsNothing() {
        task("task-1", Map.of());
        assertThat(stages("""
                {'group': {'fields': [
                    {'n': 'max', 'o': 'max', 'k': 'data.a'}, {'n': 'min', 'o': 'min', 'k': 'nope'},
                    {'n': 'avg', 'o': 'average', 'k': 'name'}, {'n': 'first', 'o': 'first', 'k': 'assignee'},
                    {'n': 'last', 'o': 'last', 'k': 'data.a'}, {'n': 'sum', 'o': 'sum', 'k': 'created_at'},
                    {'n': 'push', 'o': 'push', 'k': 'data.a'}, {'n': 'set', 'o': 'add_to_set', 'k': 'completed_at'},
                    {'n': 'merged', 'o': 'merge_objects', 'k': 'data.a'}]}}""")).containsExactly("""
                        {'max':null,'min':null,'avg':null,'first':null,'last':null,'sum':0,'push':[],'set':[],'merged':{}}""");
    }

    @Test
    void aRowThatFailsAConditionAddsNothingAndCountsForTheAverage() {
        task("task-1", "{'a': 10, 'ok': true}");
        task("task-2", "{'a': 20, 'ok': false}");
        task("task-3", "{'a': 'x', 'ok': true}");
        assertThat(stages("""
                {'group': {'fields': [
                    {'n': 'n', 'o': 'count', 'conditions': [{'k': 'data.ok', 'v': true, 'o': 'eq'}]},
                    {'n': 's', 'o': 'sum', 'k': 'data.a', 'conditions': [{'k': 'data.ok', 'v': true, 'o': 'eq'}]},
                    {'n': 'a', 'o': 'average', 'k': 'data.a', 'conditions': [{'k': 'data.ok', 'v': true, 'o': 'eq'}]}]}}""")).containsExactly("{'n':2,'s':10,'a':5}");
    }

    @Test
    void aPathThroughAListReadsAList() {
        task("task-1", "{'steps': [{'owner': 'kim'}, {}, {'owner': 'lee'}]}");
        assertThat(stages("{'group': {'keys': [{'k': 'data.steps.owner', 'n': 'owners'}]}}"))
                .containsExactly("{'owners':['kim','lee']}");
        assertThat(
                        stages(
                                "{'project': {'fields': [{'k': 'data.steps.owner', 'n': 'owners'}, {'k': 'data.steps.1', 'n': 'second'}]}}"))
                .containsExactly("{'owners':['kim','lee'],'second':{}}");
    }

    @Test
    void aLongPathReadsWhatAShortOneWould() {
        task("task-1", "{'a': {'b': {'c': {'d': [{'e': 1}, 2, {}, {'e': 3}]}}}}");
        task("task-2", "{'a': {'b': {'c': {'d': {'e': 4}}}}}");
        task("task-3", "{'a': {'b': 5}}");
        assertThat(stages("{'group': {'keys': [{'k': 'data.a.b.c.d.e', 'n': 'e'}]}}"))
                .containsExactlyInAnyOrder("{'e':[1,3]}", "{'e':4}", "{}");
        assertThat(stages("{'group': {'keys': [{'k': 'data.a.b.c.d.3.e', 'n': 'e'}]}}"))
                .containsExactlyInAnyOrder("{'e':3}", "{}");
        assertThat(stages("""
                {'group': {'keys': [{'k': 'data.nope', 'n': 'x'}]}},
                {'project': {'fields': [{'k': 'x.a.b.c.d', 'n': 'y'}]}}""")).containsExactly("{}");
    }

    @Test
    void pushedObjectsHoldTimesWithoutFraction() {
        task("task-1", "{'x': null}", Map.of("started_at", "2025-01-01T00:00:00.999Z"));
        assertThat(stages("""
                {'group': {'fields': [
                    {'n': 'o', 'o': 'push', 'fields': [{'k': 'started_at', 'n': 'at'}, {'k': 'completed_at', 'n': 'c'}, {'k': 'data.x', 'n': 'x'}]},
                    {'n': 't', 'o': 'push', 'k': 'started_at'}, {'n': 'm', 'o': 'max', 'k': 'started_at'}]}}""")).containsExactly("""
                        {'o':[{'x':null,'at':'2025-01-01T00:00:00Z'}],'t':['2025-01-01T00:00:00.999Z'],'m':'2025-01-01T00:00:00.999Z'}""");
    }

    @Test
    void pushedObjectsMayHaveMoreMembersThanAFunctionTakesArguments() {
        task("task-1", Map.of());
        String fields = java.util.stream.IntStream.range(0, 300)
                .mapToObj("{'k': 'name', 'n': 'n%d'}"::formatted)
                .collect(java.util.stream.Collectors.joining(","));
        assertThat(stages("{'group': {'fields': [{'n': 'o', 'o': 'push', 'fields': [%s]}]}}".formatted(fields))
                        .getFirst())
                .contains("'n299':'Task task-1'");
    }

    @Test
    void theOrderOfASortReachesTheNextGroup() {
        task("task-1", "{'a': 2}");
        task("task-2", "{'a': 3}");
        task("task-3", "{'a': 1}");
        assertThat(stages("""
                {'sort': [{'key': 'data.a', 'desc': true}]}, {'skip': 1}, {'project': {'fields': [{'k': 'task_id', 'n': 'id'}]}},
                {'group': {'fields': [{'n': 'ids', 'o': 'push', 'k': 'id'}, {'n': 'first', 'o': 'first', 'k': 'id'},
                                      {'n': 'last', 'o': 'last', 'k': 'id'}]}}""")).containsExactly("{'ids':['task-1','task-3'],'first':'task-1','last':'task-3'}");
    }

    @Test
    void sortPutsTypesInTheirOrder() {
        task("task-1", "{'a': true}");
        task("task-2", "{'a': false}");
        task("task-3", "{'a': [9]}");
        task("task-4", "{'a': 'a'}");
        task("task-5", "{'a': 'B'}");
        task("task-6", "{'a': 10}");
        task("task-7", "{'a': 9}");
        task("task-8", "{'a': null}");
        task("task-9", "{}");
        assertThat(ids(list("{'sort': [{'key': 'data.a'}]}")))
                .containsExactly(
                        "task-8", "task-9", "task-7", "task-6", "task-5", "task-4", "task-3", "task-2", "task-1");
        assertThat(
                        stages(
                                "{'group': {'fields': [{'n': 'max', 'o': 'max', 'k': 'data.a'}, {'n': 'min', 'o': 'min', 'k': 'data.a'}]}}"))
                .containsExactly("{'max':true,'min':9}");
        assertThat(stat("{'distinct': 'data.a', 'page': {'start': 2, 'limit': 3}}"))
                .containsExactly("10", "'B'", "'a'");
    }

    @Test
    void projectKeepsTheGroupsKeysUnlessTheyAreExcluded() {
        task("task-1", "{'tags': ['x', 'y']}");
        String group = """
                {'group': {'keys': [{'k': 'priority', 'n': 'p'}], 'fields': [{'n': 'tags', 'o': 'first', 'k': 'data.tags'},
                                                                             {'n': 'n', 'o': 'count'}]}}""";
        assertThat(stages(group + ", {'project': {'fields': [{'k': 'tags', 'n': 'size', 'o': 'size'}]}}"))
                .containsExactly("{'p':'MEDIUM','size':2}");
        assertThat(stages(group + ", {'project': {'fields': [{'k': 'n', 'n': 'm'}], 'exclude_keys': true}}"))
                .containsExactly("{'m':1}");
        assertThat(stages(group + ", {'project': {'fields': [{'k': 'name', 'n': 'm'}]}}"))
                .containsExactly("{'p':'MEDIUM'}");
    }

    @Test
    void distinctKnowsTimesAndFiles() {
        task("task-1", Map.of("files", "['b', 'a']", "started_at", "2025-01-01T00:00:00Z"));
        task("task-2", Map.of("files", "['a']"));
        assertThat(stat("{'distinct': 'files'}")).containsExactly("'a'", "'b'");
        assertThat(stat("{'distinct': 'started_at'}")).containsExactly("'2025-01-01T00:00:00.000Z'");
        assertThat(stat("{'distinct': 'nope.x'}")).isEmpty();
    }

    @Test
    void unwindOpensAListInAListAndItsParentAfterwards() {
        task("task-1", "{'rows': [{'cells': [1, 2]}, {'cells': [3]}]}");
        assertThat(stages("""
                {'unwind': {'path': 'data.rows'}}, {'unwind': {'path': 'data.rows.cells'}},
                {'group': {'keys': [{'k': 'data.rows.cells', 'n': 'cell'}, {'k': 'data.rows', 'n': 'row'}]}},
                {'sort': [{'key': 'cell'}]}"""))
                .containsExactly(
                        "{'cell':1,'row':{'cells':1}}", "{'cell':2,'row':{'cells':2}}", "{'cell':3,'row':{'cells':3}}");
    }

    @Test
    void unwoundFilesAreFilesAsInAList() {
        task("task-1", Map.of("files", "['file-1', 'file-2']"));
        assertThat(stages("{'unwind': {'path': 'files'}}"))
                .hasSize(2)
                .allMatch(row -> row.contains("'reference':{'resource_type':'opsflow.Task','resource_id':'task-1'}"))
                .anyMatch(row -> row.contains("'files':[{'file_id':'file-1',"))
                .anyMatch(row -> row.contains("'files':[{'file_id':'file-2',"));
        assertThat(stages("""
                {'unwind': {'path': 'files', 'filter': [{'k': 'files', 'v': 'file-2', 'o': 'eq'}]}},
                {'group': {'keys': [{'k': 'files', 'n': 'files'}]}}""")).containsExactly("{'files':'file-2'}");
    }
}
