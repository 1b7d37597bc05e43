package io.opsflow.queryside.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.Servers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class IndexesTest {

    private static final String SCHEMA = "read_model_12345678";

    private final ReadModelConnections connections =
            new ReadModelConnections(new ReadModelSettings(Servers.newDatabase(), null, null, null, 1));
    private final Schemas schemas = new Schemas(connections);
    private final JdbcClient database = JdbcClient.create(connections.unpooled(SCHEMA));

    @Test
    void theyComeWithStatisticsAndTablesAreLookedAfterFromThenOn() {
        schemas.makeTables(SCHEMA);
        assertThat(indexes()).containsOnly("task_pkey", "task_category_pkey", "task_type_pkey", "event_log_pkey");
        assertThat(withoutAutovacuum()).containsOnly("task", "event_log", "task_past", "audit_event");

        schemas.makeWhole(SCHEMA);

        assertThat(indexes()).contains("task_of_domain", "task_name_substring", "task_data", "task_type_of_category");
        assertThat(indexes()).contains("event_log_of_aggregate", "task_past_key", "audit_event_key");
        assertThat(withoutAutovacuum()).isEmpty();
        await().untilAsserted(() -> assertThat(
                        texts("select relname from pg_stat_user_tables where last_analyze is not null"))
                .containsExactlyInAnyOrder(
                        "task", "task_category", "task_type", "event_log", "task_past", "audit_event"));
    }

    /** Whoever was killed while they were made leaves some of them. */
    @Test
    void whatIsThereIsLeft() {
        schemas.makeTables(SCHEMA);
        database.sql("create index task_of_domain on task (domain_id)").update();
        schemas.makeWhole(SCHEMA);
        assertThat(texts("select indexdef from pg_indexes where indexname = 'task_of_domain'"))
                .singleElement()
                .asString()
                .endsWith("(domain_id)");
        assertThat(indexes()).contains("task_of_workspace", "audit_event_key");
    }

    /** PostgreSQL notices that a builder was killed only when it has made what that one wanted. */
    @Test
    void anIndexThatAKilledBuilderStillMakesIsWaitedFor() throws Exception {
        schemas.makeTables(SCHEMA);
        try (ExecutorService builder = Executors.newSingleThreadExecutor();
                Connection killed = connections.unpooled(SCHEMA).getConnection();
                Statement statement = killed.createStatement()) {
            killed.setAutoCommit(false);
            statement.execute("create unique index audit_event_key on audit_event (event_id)");

            Future<?> attempt = builder.submit(() -> schemas.makeWhole(SCHEMA));
            await().until(() -> texts("select wait_event from pg_stat_activity where datname = current_database()")
                    .contains("transactionid"));
            assertThat(attempt.isDone()).isFalse();
            killed.commit();

            assertThatThrownBy(attempt::get).hasStackTraceContaining("audit_event_key");
        }
        schemas.makeWhole(SCHEMA);
        assertThat(indexes()).contains("task_of_domain", "audit_event_key", "audit_event_of_task");
    }

    @Test
    void whereOneCannotBeMadeTheNextAttemptGoesOn() {
        schemas.makeTables(SCHEMA);
        database.sql("alter table audit_event rename to hidden").update();
        assertThatThrownBy(() -> schemas.makeWhole(SCHEMA)).hasStackTraceContaining("audit_event");
        database.sql("alter table hidden rename to audit_event").update();

        schemas.makeWhole(SCHEMA);

        assertThat(indexes()).contains("task_of_domain", "audit_event_key", "audit_event_of_task");
    }

    private List<String> indexes() {
        return texts("select indexname from pg_indexes where schemaname = current_schema() and tablename <> all "
                + "('{feed_offset,parked_event,flyway_schema_history}')");
    }

    private List<String> withoutAutovacuum() {
        return texts("select relname from pg_class where reloptions && '{autovacuum_enabled=off}'");
    }

    private List<String> texts(String sql) {
        return database.sql(sql).query(String.class).list();
    }
}
