package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At 50,000 tasks that changed four times each, a day apart, the past is read by its indexes as well. */
class PastPlansTest {

    private static final Instant FIRST_DAY = Instant.parse("2025-01-01T00:00:00Z");

    // A tenth of all tasks is in the domain asked about, and half of those in the workspace. The last state of each is
    // in task, the four before it in task_past; every change is in audit_event.
    private static final String STATES = """
            create temporary table state as
            select 'task-' || lpad(to_hex(i), 12, '0') as task_id, v as version,
                   (array['Disk', 'Kernel', 'Node', 'Latency'])[i % 4 + 1] || ' ' || md5(i::text) as name,
                   'status-' || (i + v) % 5 as status_id,
                   (array['TODO', 'IN_PROGRESS', 'COMPLETED'])[(i + v) % 3 + 1] as status_type,
                   (array['HIGH', 'MEDIUM', 'LOW'])[i % 3 + 1] as priority,
                   json_build_object('cost', i % 1000, 'region', 'region-' || i % 100) as data, '[]'::jsonb as files,
                   'user-' || i % 50 || '@example.com' as assignee, 'kim@example.com' as created_by,
                   case when i % 10 = 0 then {0} else 'domain-' || i % 10 end as domain_id,
                   case when i % 20 = 0 then {1} else 'workspace-' || i % 20 end as workspace_id,
                   'project-' || i % 40 as project_id, 'category-1' as category_id, 'task-type-1' as task_type_id,
                   timestamptz '2025-01-01Z' + make_interval(secs => i) as created_at,
                   timestamptz '2025-01-01Z' + make_interval(secs => i, days => v) as updated_at,
                   timestamptz '2025-01-01Z' + make_interval(secs => i, days => v + 1) as valid_to
              from generate_series(1, 50000) as i
             cross join generate_series(0, 4) as v
            """;

    private static final String TASKS = """
            insert into task (task_id, version, name, status_id, status_type, priority, data, data_as_sent, files,
                              assignee, created_by, domain_id, workspace_id, project_id, category_id, task_type_id,
                              created_at, updated_at)
            select task_id, version, name, status_id, status_type, priority, data::jsonb, data, files,
                   assignee, created_by, domain_id, workspace_id, project_id, category_id, task_type_id,
                   created_at, updated_at
              from state where version = 4
            """;

    private static final String PAST = """
            insert into task_past (valid_to, task_id, version, name, status_id, status_type, priority, data_as_sent,
                                   files, assignee, created_by, domain_id, workspace_id, project_id, category_id,
                                   task_type_id, created_at, updated_at)
            select valid_to, task_id, version, name, status_id, status_type, priority, data, files,
                   assignee, created_by, domain_id, workspace_id, project_id, category_id, task_type_id,
                   created_at, updated_at
              from state where version < 4
             order by updated_at
            """;

    private static final String AUDIT = """
            insert into audit_event (event_id, event_type, name, description, created_type, created_by,
                                     additional_info_as_sent, domain_id, workspace_id, project_id, task_id,
                                     created_at, updated_at)
            select 'event-' || lpad(to_hex(row_number() over (order by updated_at)), 12, '0'), 'UPDATED', 'Task updated',
                   'kim@example.com updated the task', 'USER', created_by, '{}', domain_id, workspace_id,
                   project_id, task_id, updated_at, updated_at
              from state
            """;

    private static ReadModelDatabase database;

    @BeforeAll
    static void fill() {
        database = ReadModelDatabase.create("past_plans");
        database.dsl().connection(connection -> {
            var dsl = DSL.using(connection);
            dsl.execute(STATES, DSL.inline(ReadModelDatabase.DOMAIN), DSL.inline(ReadModelDatabase.WORKSPACE));
            dsl.execute(TASKS);
            dsl.execute(PAST);
            dsl.execute(AUDIT);
        });
        database.dsl().execute("vacuum analyze task, task_past, audit_event");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'page': {'limit': 15}}",
                "{'count_only': true}",
                "{'filter': [{'k': 'project_id', 'v': 'project-20', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'status_type', 'v': 'TODO', 'o': 'eq'}], 'sort': [{'key': 'name'}]}",
                "{'filter': [{'k': 'data.region', 'v': 'region-20', 'o': 'eq'}], 'page': {'limit': 15}}",
                "{'filter': [{'k': 'task_id', 'v': 'task-0000000003e8', 'o': 'eq'}]}"
            })
    void aListOfAPastDayReadsIndexesOfBothTables(String query) {
        database.queries()
                .list(
                        TaskResource.of("").from(TasksAt.of(FIRST_DAY.plusSeconds(3 * 86_400))),
                        ReadModelDatabase.OWNER,
                        query(query, QuerySchema.TASK));
        assertThat(plan()).doesNotContain("Seq Scan");
    }

    @Test
    void theTasksOfAPastDayOfAWorkspaceAreFoundByTheirSpans() {
        database.queries()
                .list(
                        TaskResource.of("").from(TasksAt.of(FIRST_DAY.plusSeconds(4 * 86_400))),
                        ReadModelDatabase.OWNER,
                        query("{'page': {'limit': 15}}", QuerySchema.TASK));
        assertThat(plan()).contains("task_past_of_workspace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'page': {'limit': 15}}",
                "{'filter': [{'k': 'task_id', 'v': 'task-0000000003e8', 'o': 'eq'}]}",
                "{'filter': [{'k': 'event_id', 'v': 'event-0000000003e8', 'o': 'eq'}]}",
                "{'filter': [{'k': 'created_by', 'v': 'kim@example.com', 'o': 'eq'}], 'page': {'limit': 15}}"
            })
    void aListOfAuditEventsReadsAnIndex(String query) {
        database.queries().list(EventResource.of(), ReadModelDatabase.OWNER, query(query, QuerySchema.EVENT));
        assertThat(plan()).doesNotContain("Seq Scan on audit_event");
    }

    @Test
    void aMembersAuditEventsAreReadByAnIndexToo() {
        Caller member = new Caller(
                Role.WORKSPACE_MEMBER,
                ActorKind.USER,
                "lee@example.com",
                ReadModelDatabase.DOMAIN,
                ReadModelDatabase.WORKSPACE,
                Set.of("project-20"),
                List.of());
        database.queries().list(EventResource.of(), member, query("{'page': {'limit': 15}}", QuerySchema.EVENT));
        assertThat(plan()).doesNotContain("Seq Scan");
    }

    private static Query query(String query, QuerySchema schema) {
        database.sent();
        return Query.of(
                Members.of(
                        ReadModelDatabase.json("{'query': %s}".formatted(query).replace('\'', '"'))),
                schema);
    }

    private static String plan() {
        List<String> sent = database.sent();
        return String.join(
                "\n",
                database.dsl()
                        .fetch("explain (" + System.getProperty("plan", "costs off") + ") "
                                + sent.getLast().replace("?", "??"))
                        .getValues(0, String.class));
    }
}
