package io.opsflow.queryside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.web.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The words of the tools' tests. Each test has a read model of its own. */
abstract class ToolTest {

    private static final String LOG = """
            insert into event_log (global_index, event_id, event_name, revision, aggregate_type, aggregate_id, sequence,
                                   occurred_at, domain_id, workspace_id, project_id, actor, actor_kind, request_id,
                                   request_last, hash, payload)
            values (:globalIndex, :eventId, :name, :revision, :aggregateType, :aggregateId, :sequence, :occurredAt,
                    :domainId, :workspaceId, :projectId, :actor, :actorKind, :requestId, :requestLast, :hash, :payload)
            """;

    private static final String APPLY = """
            insert into task (task_id, version, name, status_id, status_type, priority, data, data_as_sent, files,
                              created_by, domain_id, workspace_id, project_id, category_id, task_type_id, created_at,
                              updated_at)
            values (:id, :version, 'x', 'x', 'TODO', 'LOW', '{}', '{}', '[]', 'x', 'x', 'x', 'x', 'x', 'x', now(), now())
                on conflict (task_id) do update set version = excluded.version
            """;

    final String url = Servers.newDatabase();
    JdbcClient sql;

    /** What a tool said and how it ended. */
    record Result(int code, List<String> out, List<String> err) {}

    @BeforeEach
    void makeAReadModel() {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(url + "&currentSchema=read_model,public");
        Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("read_model")
                .locations("classpath:db/readmodel")
                .load()
                .migrate();
        sql = JdbcClient.create(dataSource);
    }

    /** They are in the log and applied. */
    void fed(List<EventRecord> events) {
        events.forEach(this::logged);
        for (EventRecord event : events) {
            sql.sql(APPLY)
                    .param("id", event.aggregateId())
                    .param("version", event.sequence())
                    .update();
        }
    }

    /** It is in the log, and nobody could apply it yet. */
    void logged(EventRecord event) {
        sql.sql(LOG)
                .param("globalIndex", event.globalIndex())
                .param("eventId", event.eventId())
                .param("name", event.name())
                .param("revision", event.revision())
                .param("aggregateType", event.aggregateType())
                .param("aggregateId", event.aggregateId())
                .param("sequence", event.sequence())
                .param("occurredAt", event.occurredAt().atOffset(ZoneOffset.UTC))
                .param("domainId", event.domainId())
                .param("workspaceId", event.workspaceId())
                .param("projectId", event.projectId())
                .param("actor", event.actor())
                .param("actorKind", event.actorKind())
                .param("requestId", event.requestId())
                .param("requestLast", event.requestLast())
                .param("hash", event.hash())
                .param("payload", event.payload())
                .update();
    }

    Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, Object> settings, String... arguments) {
        Map<String, Object> all = new HashMap<>(Map.of("opsflow.read-model.url", url));
        all.putAll(settings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Tools.of(QuerySideTools.ALL)
                .run(
                        List.of(arguments),
                        all,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(code, lines(out), lines(err));
    }

    static void assertRefused(Result result, String sentence) {
        assertThat(result.err()).containsExactly(sentence);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    static void assertDone(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
