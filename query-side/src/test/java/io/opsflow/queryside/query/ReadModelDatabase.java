package io.opsflow.queryside.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.json.Json;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.queryside.generation.Schemas;
import io.opsflow.web.setting.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A read model of its own in the test's PostgreSQL, filled by hand, and the query engine over it. */
final class ReadModelDatabase {

    static final String DOMAIN = "domain-6b1f0e2a9c34";
    static final String WORKSPACE = "workspace-1a2b3c4d5e6f";
    static final Caller OWNER =
            new Caller(Role.WORKSPACE_OWNER, ActorKind.USER, "kim@example.com", DOMAIN, WORKSPACE, null, List.of());

    // The data column is written as it is read by a client: as text.
    private static final String INSERT_TASKS = """
            insert into task (task_id, version, name, status_id, status_type, priority, description, data, data_as_sent,
                              files, assignee, created_by, domain_id, workspace_id, project_id, category_id,
                              task_type_id, created_at, started_at, updated_at, completed_at)
            select t ->> 'task_id', 0, t ->> 'name', t ->> 'status_id', t ->> 'status_type', t ->> 'priority',
                   nullif(t ->> 'description', ''), t -> 'data', t -> 'data', coalesce(t -> 'files', '[]'),
                   nullif(t ->> 'assignee', ''), t ->> 'created_by', t ->> 'domain_id', t ->> 'workspace_id',
                   t ->> 'project_id', t ->> 'category_id', t ->> 'task_type_id', (t ->> 'created_at')::timestamptz,
                   nullif(t ->> 'started_at', '')::timestamptz, (t ->> 'updated_at')::timestamptz,
                   nullif(t ->> 'completed_at', '')::timestamptz
              from json_array_elements(?::json) as t
            """;

    private static final EmbeddedDatabase SERVER = EmbeddedDatabase.temporary();

    private final DSLContext dsl;
    private final ReadOnlyDatabase reader;
    private final QueryEngine queries;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private ReadModelDatabase(String url, Clock clock, Duration timeLimit) {
        DataSource dataSource = dataSource(url, "");
        new Schemas(new ReadModelConnections(
                        new ReadModelSettings(url, SERVER.user(), new Secret(SERVER.password()), null, 1)))
                .makeWhole("read_model");
        this.dsl = DSL.using(dataSource, SQLDialect.POSTGRES);
        String options = new QuerySettings(timeLimit, 1).connectionOptions();
        PGSimpleDataSource bounded = dataSource(url, options);
        // Each query has a connection of its own here, and fails where PostgreSQL sends more.
        bounded.setMaxResultBuffer("140M");
        DSLContext reading = DSL.using(bounded, SQLDialect.POSTGRES);
        reading.configuration().set(ExecuteListener.onRenderEnd(context -> {
            if (context.query() != null) {
                sent.add(context.dsl().renderInlined(context.query()));
            }
        }));
        this.reader = new ReadOnlyDatabase(reading, timeLimit, meters);
        this.queries =
                new QueryEngine(reader, new Turns(10, Duration.ofSeconds(2), meters), endlessRoom(meters), clock);
    }

    static AnswerRoom endlessRoom(MeterRegistry meters) {
        return new AnswerRoom(Long.MAX_VALUE, atRequestEnd -> {}, meters);
    }

    MeterRegistry meters() {
        return meters;
    }

    /** A new one in a database of this name, of locale C. */
    static ReadModelDatabase create(String name) {
        return create(name, Duration.ofSeconds(5));
    }

    static ReadModelDatabase create(String name, Duration timeLimit) {
        return new ReadModelDatabase(SERVER.createDatabase(name), Clock.systemUTC(), timeLimit);
    }

    /** A new one in a database with the collation of an ICU locale. */
    static ReadModelDatabase create(String name, String icuLocale) {
        return new ReadModelDatabase(SERVER.createDatabase(name, icuLocale), Clock.systemUTC(), Duration.ofSeconds(5));
    }

    DSLContext dsl() {
        return dsl;
    }

    /** What the engine asks. */
    ReadOnlyDatabase reader() {
        return reader;
    }

    QueryEngine queries() {
        return queries;
    }

    void insertTasks(ArrayNode tasks) {
        dsl.connection(connection -> {
            try (var statement = connection.prepareStatement(INSERT_TASKS)) {
                statement.setString(1, Json.write(tasks));
                statement.executeUpdate();
            }
        });
    }

    /** The statements that the engine sent since it was asked last, with their values in them. */
    List<String> sent() {
        List<String> statements = List.copyOf(sent);
        sent.clear();
        return statements;
    }

    static JsonNode json(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PGSimpleDataSource dataSource(String url, String options) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(SERVER.user());
        dataSource.setPassword(SERVER.password());
        dataSource.setCurrentSchema("read_model,public");
        dataSource.setOptions(options);
        return dataSource;
    }
}
