package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At 100,000 tasks the queries that people wait for read an index, never the whole table. */
class PlansTest {

    // A tenth of all tasks is in the domain asked about, and half of those in the workspace.
    private static final String HUNDRED_THOUSAND_TASKS = """
            insert into task (task_id, version, name, status_id, status_type, priority, data, data_as_sent, files,
                              assignee, created_by, domain_id, workspace_id, project_id, category_id, task_type_id,
                              created_at, updated_at)
            select 'task-' || lpad(to_hex(i), 12, '0'), 0,
                   (array['Disk', 'Kernel', 'Node', 'Latency'])[i % 4 + 1] || ' ' || md5(i::text),
                   'status-' || i % 5, (array['TODO', 'IN_PROGRESS', 'COMPLETED'])[i % 3 + 1],
                   (array['HIGH', 'MEDIUM', 'LOW'])[i % 3 + 1], data, data::json, '[]',
                   'user-' || i % 50 || '@example.com', 'kim@example.com',
                   case when i % 10 = 0 then {0} else 'domain-' || i % 10 end,
                   case when i % 20 = 0 then {1} else 'workspace-' || i % 20 end,
                   'project-' || i % 40, 'category-' || i % 30, 'task-type-' || i % 60,
                   now() - make_interval(secs => i), now()
              from generate_series(1, 100000) as i
             cross join lateral (
                   select jsonb_build_object('cost', i % 1000, 'region', 'region-' || i % 100,
                                             'sla', jsonb_build_object('tier', 'tier-' || i % 500))) as d(data)
            """;

    private static ReadModelDatabase database;

    @BeforeAll
    static void fill() {
        database = ReadModelDatabase.create("plans");
        database.dsl()
                .execute(
                        HUNDRED_THOUSAND_TASKS,
                        DSL.inline(ReadModelDatabase.DOMAIN),
                        DSL.inline(ReadModelDatabase.WORKSPACE));
        database.dsl().execute("vacuum analyze task");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'sort': [{'key': 'created_at', 'desc': true}], 'page': {'limit': 15}}",
                "{'page': {'start': 16, 'limit': 15}}",
                "{'filter': [{'k': 'project_id', 'v': 'project-20', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'category_id', 'v': 'category-10', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'status_id', 'v': ['status-0', 'status-1'], 'o': 'in'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'status_type', 'v': 'TODO', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'status_type', 'v': 'TODO', 'o': 'not'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'assignee', 'v': 'user-10@example.com', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'task_id', 'v': 'task-0000000003e8', 'o': 'eq'}]}",
                "{'filter': [{'k': 'name', 'v': 'ERNEL', 'o': 'contain'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'name', 'v': ['kernel', 'latency'], 'o': 'contain_in'}], 'page': {'limit': 15}}",
                "{'keyword': 'a87ff disk', 'page': {'limit': 15}}",
                "{'filter': [{'k': 'data.region', 'v': 'region-20', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'data.sla.tier', 'v': ['tier-20', 'tier-40'], 'o': 'in'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'data.cost', 'v': 20, 'o': 'eq'}], 'page': {'limit': 15}}"
            })
    void aListReadsAnIndex(String query) {
        database.sent();
        Members request = Members.of(
                ReadModelDatabase.json("{'query': %s}".formatted(query).replace('\'', '"')));
        database.queries().list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request, QuerySchema.TASK));
        assertThat(plan()).doesNotContain("Seq Scan on task");
    }

    @Test
    void aCountByStatusReadsItsIndexAlone() {
        database.sent();
        Members request = Members.of(ReadModelDatabase.json("""
                {"query": {"aggregate": [{"group": {"keys": [{"k": "status_type", "n": "s"}],
                                                    "fields": [{"n": "count", "o": "count"}]}}]}}
                """));
        database.queries()
                .stat(TaskResource.of(""), ReadModelDatabase.OWNER, StatisticsQuery.of(request, QuerySchema.TASK));
        assertThat(plan()).contains("Index Only Scan using task_in_status_type");
    }

    @Test
    void theNewestTasksComeInTheOrderOfAnIndex() {
        database.sent();
        Members request = Members.of(ReadModelDatabase.json("{\"query\": {\"page\": {\"limit\": 15}}}"));
        database.queries().list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request, QuerySchema.TASK));
        assertThat(plan()).contains("Index Scan using task_of_workspace");
    }

    /** Asked by who sees all tasks, so that the planner has no tenant's index to weigh against it. */
    @Test
    void theEqualityOfDataReadsItsIndex() {
        Caller system = new Caller(Role.SYSTEM_ADMIN, ActorKind.USER, "root", "domain-root", null, null, List.of());
        database.sent();
        Members request = Members.of(ReadModelDatabase.json("""
                {"query": {"filter": [{"k": "data.cost", "v": 20, "o": "eq"}], "page": {"limit": 15}}}
                """));
        database.queries().list(TaskResource.of(""), system, Query.of(request, QuerySchema.TASK));
        assertThat(plan()).contains("Bitmap Index Scan on task_data");
    }

    /** Compared one by one with a hundred thousand tasks, they run past the time limit by far. */
    @ParameterizedTest
    @ValueSource(strings = {"task_id", "assignee", "created_at", "data.sla.tier", "data.cost"})
    void tenThousandValuesAreLookedUp(String key) {
        Caller system = new Caller(Role.SYSTEM_ADMIN, ActorKind.USER, "root", "domain-root", null, null, List.of());
        String values = IntStream.range(0, 10_000)
                .mapToObj(i -> key.equals("created_at") ? "'%04d'".formatted(i / 2 + 1) : "'no such %d'".formatted(i))
                .collect(Collectors.joining(","));
        Members request = Members.of(ReadModelDatabase.json(
                "{'query': {'filter': [{'k': '%s', 'o': 'not_in', 'v': [%s]}], 'count_only': true}}"
                        .formatted(key, values)
                        .replace('\'', '"')));
        assertThat(database.queries()
                        .list(TaskResource.of(""), system, Query.of(request, QuerySchema.TASK))
                        .totalCount())
                .isEqualTo(100_000);
    }

    private static String plan() {
        List<String> sent = database.sent();
        return String.join(
                "\n",
                database.dsl()
                        .fetch("explain (costs off) " + sent.getLast().replace("?", "??"))
                        .getValues(0, String.class));
    }
}
