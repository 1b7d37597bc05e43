package io.opsflow.bench.queries;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills the read model's table of tasks past the events: what is measured here are the queries, not the way there. The
 * table and its indexes are the service's own.
 */
record Loader(DataSource readModel) {

    private static final String COPY = """
            copy task (task_id, version, name, status_id, status_type, priority, description, data, data_as_sent, files,
                       assignee, created_by, domain_id, workspace_id, project_id, category_id, task_type_id, created_at,
                       started_at, updated_at, completed_at)
            from stdin
            """;

    private static final String SECONDARY_INDEXES = """
            select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
              from pg_index
             where indrelid = 'task'::regclass and not indisprimary
            """;

    private static final long SEED = 20_241_205L;
    private static final int CHUNK = 1 << 16;

    /** Indexes are made after the load, as a rebuild makes them. */
    void load(Dataset dataset) throws SQLException {
        try (Connection connection = readModel.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set maintenance_work_mem = '512MB'");
            Map<String, String> indexes = secondaryIndexes(statement);
            for (String index : indexes.keySet()) {
                statement.execute("drop index " + index);
            }
            copy(dataset, connection.unwrap(PGConnection.class));
            for (String definition : indexes.values()) {
                statement.execute(definition);
            }
            statement.execute("vacuum (analyze) task");
            statement.execute("checkpoint");
            statement.execute("reset maintenance_work_mem");
        }
    }

    private static Map<String, String> secondaryIndexes(Statement statement) throws SQLException {
        Map<String, String> definitions = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(SECONDARY_INDEXES)) {
            while (rows.next()) {
                definitions.put(rows.getString(1), rows.getString(2));
            }
        }
        return definitions;
    }

    private static void copy(Dataset dataset, PGConnection connection) throws SQLException {
        SplittableRandom random = new SplittableRandom(SEED);
        CopyIn copy = connection.getCopyAPI().copyIn(COPY);
        StringBuilder chunk = new StringBuilder();
        for (int number = 0; number < dataset.tasks(); number++) {
            append(chunk, dataset.row(number, random));
            if (chunk.length() > CHUNK) {
                send(chunk, copy);
            }
        }
        send(chunk, copy);
        copy.endCopy();
    }

    /** In COPY's text format; nothing that the dataset makes needs to be escaped there. */
    private static void append(StringBuilder chunk, @Nullable String[] values) {
        for (int i = 0; i < values.length; i++) {
            chunk.append(i == 0 ? "" : "\t").append(values[i] == null ? "\\N" : values[i]);
        }
        chunk.append('\n');
    }

    private static void send(StringBuilder chunk, CopyIn copy) throws SQLException {
        byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.setLength(0);
    }
}
