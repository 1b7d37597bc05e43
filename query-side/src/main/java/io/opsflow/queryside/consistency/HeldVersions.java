package io.opsflow.queryside.consistency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the tables which versions they hold. */
final class HeldVersions {

    private static final String TASKS = """
            select task_id as id, version, domain_id, workspace_id, project_id
              from task
             where task_id = any(?)
            """;

    private static final String CATEGORIES = """
            select category_id as id, version, domain_id
              from task_category
             where category_id = any(?)
            """;

    private static final String TYPES = """
            select task_type_id as id, version, domain_id
              from task_type
             where task_type_id = any(?)
            """;

    private final JdbcClient database;

    HeldVersions(JdbcClient database) {
        this.database = database;
    }

    /**
     * The rows that there are, by id; one statement for each table that is asked for.
     *
     * @throws DataAccessException while the database is away
     */
    Map<String, Held> of(Collection<String> ids) {
        Map<Boolean, List<String>> types = ids.stream().collect(partition("task-type-"));
        Map<Boolean, List<String>> categories = types.get(false).stream().collect(partition("category-"));
        Map<String, Held> held = new HashMap<>();
        read(TYPES, types.get(true), HeldVersions::ofDomain, held);
        read(CATEGORIES, categories.get(true), HeldVersions::ofDomain, held);
        read(TASKS, categories.get(false), HeldVersions::ofProject, held);
        return held;
    }

    private void read(String sql, List<String> ids, RowMapper<Held> mapper, Map<String, Held> found) {
        if (!ids.isEmpty()) {
            database.sql(sql)
                    .param(ids.toArray(String[]::new))
                    .query(mapper)
                    .list()
                    .forEach(held -> found.put(held.id(), held));
        }
    }

    private static Collector<String, ?, Map<Boolean, List<String>>> partition(String prefix) {
        return Collectors.partitioningBy(id -> id.startsWith(prefix));
    }

    private static Held ofProject(ResultSet row, int number) throws SQLException {
        String domain = row.getString("domain_id");
        String workspace = row.getString("workspace_id");
        String project = row.getString("project_id");
        return new Held(row.getString("id"), row.getLong("version"), caller -> caller.sees(domain, workspace, project));
    }

    private static Held ofDomain(ResultSet row, int number) throws SQLException {
        String domain = row.getString("domain_id");
        return new Held(row.getString("id"), row.getLong("version"), caller -> caller.seesDomain(domain));
    }
}
