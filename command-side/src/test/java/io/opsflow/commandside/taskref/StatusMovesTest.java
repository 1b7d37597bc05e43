package io.opsflow.commandside.taskref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.catalog.DeleteTaskCategory;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

class StatusMovesTest extends TaskRefTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String FAIL_AFTER_SOME_MOVES = """
            create function fail_after_some_moves() returns trigger language plpgsql as $$
            begin
                if new.event_name = 'task.status_changed'
                   and (select count(*) from domain_event where event_name = 'task.status_changed') >= %d then
                    raise exception 'enough';
                end if;
                return new;
            end
            $$;
            create trigger fail_after_some_moves before insert on domain_event
                for each row execute function fail_after_some_moves()
            """;

    @Test
    void tasksMoveToTheDefaultOfTheSameListOnBehalfOfWhoRemovedTheStatus() {
        send(task(id(1), NEW));
        send(task(id(2), DONE));
        send(statuses(true, TODO));

        await().atMost(SOON).until(() -> holders(NEW).isEmpty());

        assertThat(holders(TODO)).containsExactly(id(1));
        assertThat(holders(DONE)).containsExactly(id(2));
        Map<String, Object> moved = sql.sql("""
                        select metadata ->> 'actor' as actor, metadata ->> 'actor_kind' as actor_kind,
                               metadata ->> 'correlation_id' as correlation_id, metadata ->> 'request_last' as request_last,
                               workspace_id, project_id
                          from domain_event where event_name = 'task.status_changed'
                        """).query().singleRow();
        assertThat(moved)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "actor", "admin@example.com",
                        "actor_kind", "SYSTEM",
                        "correlation_id", "correlation-1",
                        "request_last", "true",
                        "workspace_id", "workspace-1",
                        "project_id", "project-1"));
    }

    @Test
    void whatANodeLeftInTheMiddleTheNextOneMovesAndEachTaskMovesOnce() {
        int many = 300;
        createTasks(many, NEW);
        failAfter(100);
        send(statuses(true, TODO));
        StatusMoves moves = node.getBean(StatusMoves.class);
        await().atMost(SOON).until(() -> moves.problem() != null);
        HealthIndicator health = node.getBean("statusMovesHealthIndicator", HealthIndicator.class);
        assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
        assertThat((String) health.health().getDetails().get("problem")).contains(CATEGORY);
        assertThat(node.getBean(MeterRegistry.class)
                        .get("opsflow.statusmoves.stopped")
                        .gauge()
                        .value())
                .isEqualTo(1);
        node.close();
        assertThat(count("task.status_changed")).isBetween(1L, 100L);

        failNoMore();
        node = start();
        await().atMost(SOON).until(() -> holders(NEW).isEmpty());

        assertThat(holders(TODO)).hasSize(many);
        assertThat(count("task.status_changed")).isEqualTo(many);
        assertThat(sql.sql("select count(distinct metadata ->> 'request_id') from domain_event"
                                + " where event_name = 'task.status_changed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(many);
    }

    @Test
    void aFailureIsTriedAgainUntilItIsGone() {
        send(task(id(1), NEW));
        send(task(id(2), NEW));
        failAfter(1);
        send(statuses(true, TODO));
        StatusMoves moves = node.getBean(StatusMoves.class);
        await().atMost(SOON).until(() -> moves.problem() != null);

        failNoMore();

        await().atMost(SOON).until(() -> holders(NEW).isEmpty());
        HealthIndicator health = node.getBean("statusMovesHealthIndicator", HealthIndicator.class);
        await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UP));
        assertThat(count("task.status_changed")).isEqualTo(2);
    }

    @Test
    void whatANodeFailedAtIsNoProblemAnyMoreOnceAnotherHasDoneIt() {
        send(task(id(1), NEW));
        failAfter(0);
        send(statuses(true, TODO));
        StatusMoves moves = node.getBean(StatusMoves.class);
        Gauge stopped = node.getBean(MeterRegistry.class)
                .get("opsflow.statusmoves.stopped")
                .gauge();
        await().atMost(SOON).until(() -> moves.problem() != null);
        node.getBean(EventProcessingConfiguration.class)
                .eventProcessor(StatusMoves.PROCESSOR)
                .orElseThrow()
                .shutDown();
        failNoMore();
        assertThat(stopped.value()).isEqualTo(1);

        try (ConfigurableApplicationContext other = start()) {
            await().atMost(SOON).until(() -> stopped.value() == 0);
            assertThat(other.getBean(StatusMoves.class).problem()).isNull();
        }
        assertThat(holders(TODO)).containsExactly(id(1));
    }

    private void failAfter(int moves) {
        sql.sql(FAIL_AFTER_SOME_MOVES.formatted(moves)).update();
    }

    private void failNoMore() {
        sql.sql("drop trigger fail_after_some_moves on domain_event").update();
    }

    @Test
    void aTaskThatIsGoneMeanwhileHoldsUpNoOther() {
        send(task(id(2), NEW));
        awaitTableAtHead();
        sql.sql("insert into task_ref values (:taskId, :typeId, :categoryId, :statusId)")
                .params(Map.of("taskId", id(1), "typeId", TYPE, "categoryId", CATEGORY, "statusId", NEW))
                .update();
        send(statuses(true, TODO));

        await().atMost(SOON).until(() -> holders(NEW).isEmpty());

        assertThat(holders(TODO)).containsExactly(id(2));
        assertThat(node.getBean(StatusMoves.class).problem()).isNull();
    }

    @Test
    void moreTasksThanAPageHoldsMoveAlsoWhereTheCategoryIsDeletedMeanwhile() {
        int many = TaskRefTable.PAGE + 20;
        createTasks(many, NEW);
        send(statuses(true, TODO));
        send(new DeleteTaskCategory(CATEGORY));

        await().atMost(SOON).until(() -> holders(NEW).isEmpty());

        assertThat(holders(TODO)).hasSize(many);
        assertThat(count("task.status_changed")).isEqualTo(many);
    }

    @Test
    void tasksGoToTheDefaultOfNowWhereThatWasRemovedToo() {
        send(statuses(false, TODO, NEW, "status-next"));
        List<String> ids = List.of(id(1), id(2), id(3));
        ids.forEach(id -> send(task(id, NEW)));
        send(statuses(true, TODO, "status-next"));
        send(statuses(true, "status-next"));

        await().atMost(SOON).until(() -> holders("status-next").equals(ids));
        assertThat(holders(NEW)).isEmpty();
        assertThat(holders(TODO)).isEmpty();
    }

    @Test
    void thePositionIsStoredWhenAllHaveMovedSoThatNoNodeBeginsAgain() {
        send(task(id(1), NEW));
        send(statuses(true, TODO));
        long removal = node.getBean(PostgresEventStorageEngine.class).head();

        await().atMost(SOON).until(() -> sql.sql("""
                                select substring(convert_from(token, 'UTF8') from '[0-9]+')::bigint
                                  from token_entry where processor_name = 'status-moves'
                                """).query(Long.class).single() >= removal);

        assertThat(holders(TODO)).containsExactly(id(1));
    }
}
