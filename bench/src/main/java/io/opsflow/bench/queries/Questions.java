package io.opsflow.bench.queries;

import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.task.TaskInfo;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What people wait for, once through the query language and once in the best SQL known for it. */
record Questions(QuerySide querySide, ByHand byHand, Dataset dataset) {

    private static final double GOAL = 1.3;

    private static final String COLUMNS = """
            task_id, name, status_id, status_type, priority, description, data_as_sent, files, assignee, created_by,
            domain_id, workspace_id, project_id, category_id, task_type_id, created_at, started_at, updated_at,
            completed_at
            """;

    // The count beside the page, from the same index; both within what the caller may see.
    private static final String PAGE = """
            select %1$s, (select count(*) from task where %2$s) as total
              from task
             where %2$s
             order by created_at desc nulls last, task_id
             limit 15
            """;

    // Only the index is read up to the page; the rows are fetched for the page alone.
    private static final String DEEP_PAGE = """
            select %1$s, (select count(*) from task where %2$s) as total
              from (select task_id from task where %2$s
                     order by created_at desc nulls last, task_id limit 15 offset %3$d) as page
              join task using (task_id)
             order by created_at desc nulls last, task_id
            """;

    private static final String COUNT_BY_STATUS = """
            select status_type as s, count(*) as n from task
             where not deleted and domain_id = ? and workspace_id = ?
             group by status_type
            """;

    // A text of each day, not of each task.
    private static final String COUNT_BY_DAY = """
            select to_char(day, 'YYYY-MM-DD') as d, n
              from (select (created_at at time zone 'UTC')::date as day, count(*) as n from task
                     where not deleted and domain_id = ? and workspace_id = ?
                     group by 1) as days
            """;

    private static final String LOAD_BY_STATUS = """
            select s, count(*) as people, max(n) as most, avg(n) as mean
              from (select assignee, status_type as s, count(*) as n from task
                     where not deleted and domain_id = ? and workspace_id = ?
                     group by assignee, status_type) as loads
             group by s
            """;

    List<Question<?>> all() {
        return List.of(
                firstPage(), countByStatus(), substring(), equalityOfData(), deepPage(), groupByDay(), twoStages());
    }

    private Question<ListAnswer<TaskInfo>> firstPage() {
        return list(
                "list_first_page",
                GOAL,
                "{'filter': [{'k': 'project_id', 'v': '%s', 'o': 'eq'}], 'page': {'limit': 15}}",
                Dataset::project,
                PAGE.formatted(COLUMNS, visible("project_id = ?")),
                Dataset::project);
    }

    private Question<ListAnswer<TaskInfo>> substring() {
        return list(
                "list_substring",
                null,
                "{'filter': [{'k': 'name', 'v': '%s', 'o': 'contain'}], 'page': {'limit': 15}}",
                turn -> Dataset.host(turn).toUpperCase(Locale.ROOT),
                PAGE.formatted(COLUMNS, visible("casefold(name) like ?")),
                turn -> "%" + Dataset.host(turn) + "%");
    }

    private Question<ListAnswer<TaskInfo>> equalityOfData() {
        return list(
                "list_data_equality",
                null,
                "{'filter': [{'k': 'data.customer', 'v': '%s', 'o': 'eq'}], 'page': {'limit': 15}}",
                Dataset::customer,
                PAGE.formatted(COLUMNS, visible("data @> ?::jsonb")),
                turn -> "{\"customer\": \"%s\"}".formatted(Dataset.customer(turn)));
    }

    /** The tenth part of a workspace further down. */
    private Question<ListAnswer<TaskInfo>> deepPage() {
        int skipped = dataset.tasks() / Dataset.WORKSPACES / 10;
        return list(
                "list_deep_page",
                null,
                "{'filter': [{'k': 'domain_id', 'v': '%%s', 'o': 'eq'}], 'page': {'start': %d, 'limit': 15}}"
                        .formatted(skipped + 1),
                turn -> Dataset.DOMAIN,
                DEEP_PAGE.formatted(COLUMNS, visible("domain_id = ?"), skipped),
                turn -> Dataset.DOMAIN);
    }

    private Question<StatAnswer> countByStatus() {
        return stat("stat_count", GOAL, """
                {'group': {'keys': [{'k': 'status_type', 'n': 's'}], 'fields': [{'n': 'n', 'o': 'count'}]}}""", COUNT_BY_STATUS);
    }

    private Question<StatAnswer> groupByDay() {
        return stat("stat_by_day", null, """
                {'group': {'keys': [{'k': 'created_at', 'n': 'd', 'date_format': '%Y-%m-%d'}],
                           'fields': [{'n': 'n', 'o': 'count'}]}}""", COUNT_BY_DAY);
    }

    private Question<StatAnswer> twoStages() {
        return stat("stat_two_stages", null, """
                {'group': {'keys': [{'k': 'assignee', 'n': 'a'}, {'k': 'status_type', 'n': 's'}],
                           'fields': [{'n': 'n', 'o': 'count'}]}},
                {'group': {'keys': [{'k': 's', 'n': 's'}],
                           'fields': [{'n': 'people', 'o': 'count'}, {'k': 'n', 'n': 'most', 'o': 'max'},
                                      {'k': 'n', 'n': 'mean', 'o': 'average'}]}}""", LOAD_BY_STATUS);
    }

    private Question<ListAnswer<TaskInfo>> list(
            String name,
            @Nullable Double goal,
            String query,
            IntFunction<String> asked,
            String sql,
            IntFunction<String> parameter) {
        String request = "{'query': %s}".formatted(query).replace('\'', '"');
        return new Question<>(
                name,
                goal,
                turn -> querySide.list(
                        QuerySide.owner(Dataset.workspaceOf(turn)), request.formatted(asked.apply(turn))),
                turn -> {
                    String workspace = Dataset.workspaceOf(turn);
                    String value = parameter.apply(turn);
                    // Once for the count, once for the page.
                    return byHand.rows(sql, Dataset.DOMAIN, workspace, value, Dataset.DOMAIN, workspace, value);
                },
                Agreement::ofPages);
    }

    private Question<StatAnswer> stat(String name, @Nullable Double goal, String stages, String sql) {
        String request = "{'query': {'aggregate': [%s]}}".formatted(stages).replace('\'', '"');
        return new Question<>(
                name,
                goal,
                turn -> querySide.stat(QuerySide.owner(Dataset.workspace(turn)), request),
                turn -> byHand.rows(sql, Dataset.DOMAIN, Dataset.workspace(turn)),
                Agreement::ofRows);
    }

    private static String visible(String condition) {
        return "not deleted and domain_id = ? and workspace_id = ? and " + condition;
    }
}
