package io.opsflow.commandside.taskref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.task.DeleteTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

class RulesAcrossTasksTest extends TaskRefTest {

    private static final String TASKS_IN_CATEGORY = "'Task' resources is existed in TaskCategory.";
    private static final String TASKS_OF_TYPE = "'Task' resources is existed in TaskType.";
    private static final String NO_STATUS = "it is not a status of the task's category";
    private static final int WRITERS = 8;

    /** So few that now and then there is no task at all. */
    private static final int FEW_WRITERS = 3;

    private static final int ROUNDS = 6;

    @Test
    void aStatusIsInUseFromTheTaskThatWasCreatedJustNowToTheOneThatLeftJustNow() {
        send(task(id(1), NEW));
        assertThatThrownBy(() -> send(statuses(false, TODO))).hasMessage(TASKS_IN_CATEGORY);
        send(to(id(1), TODO));
        send(statuses(false, TODO));
        assertThatThrownBy(() -> send(to(id(1), NEW))).isInstanceOf(ApiException.class);
    }

    @Test
    void aTypeIsInUseUntilItsLastTaskIsDeleted() {
        send(task(id(1), NEW));
        assertThatThrownBy(() -> send(deleteType())).hasMessage(TASKS_OF_TYPE);
        send(new DeleteTask(id(1)));
        send(deleteType());
        assertThatThrownBy(() -> send(task(id(2), NEW))).hasMessageContaining("(task_type_id = " + TYPE);
    }

    @Test
    void aStatusOfTheSameIdInAnotherCategoryIsAnother() {
        send(category("category-000000000002"));
        send(type("task-type-000000000002", "category-000000000002"));
        send(task(id(1), NEW, "task-type-000000000002"));
        send(statuses(false, TODO));
        send(deleteType());
        assertThat(holders(NEW)).containsExactly(id(1));
    }

    @Test
    void theRuleHoldsWhereNobodyKeepsTheTableUp() {
        node.getBean(EventProcessingConfiguration.class)
                .eventProcessor(FollowTasks.PROCESSOR)
                .orElseThrow()
                .shutDown();
        HealthIndicator health = node.getBean("taskRefsHealthIndicator", HealthIndicator.class);
        assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
        send(task(id(1), NEW));
        assertThatThrownBy(() -> send(statuses(false, TODO))).hasMessage(TASKS_IN_CATEGORY);
        assertThatThrownBy(() -> send(deleteType())).hasMessage(TASKS_OF_TYPE);
    }

    @Test
    void noTaskIsInAStatusThatWasRemovedWhileManyEnterAndLeaveIt() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        try (ConfigurableApplicationContext other = start();
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                ConfigurableApplicationContext at = writer % 2 == 0 ? node : other;
                int first = writer * 100_000;
                writing.add(writers.submit(() -> {
                    for (int i = first; !enough.get(); i++) {
                        String id = id(i);
                        if (isDone(at, task(id, i % 2 == 0 ? TODO : NEW), NO_STATUS)) {
                            refused.addAndGet(isDone(at, to(id, NEW), NO_STATUS) ? 0 : 1);
                            send(at, to(id, DOING));
                        } else {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            for (int round = 0; round < ROUNDS; round++) {
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> !holders(NEW).isEmpty());
                while (!isDone(node, statuses(false, TODO), TASKS_IN_CATEGORY)) {
                    Thread.onSpinWait();
                }
                int before = refused.get();
                await().until(() -> refused.get() > before);
                send(statuses(false, TODO, NEW));
            }
            enough.set(true);
            for (Future<?> writer : writing) {
                writer.get();
            }
        }
        // By turns the status is removed and given back.
        List<Long> changes = indexes("task-category.statuses_changed");
        assertThat(changes).hasSize(2 * ROUNDS);
        for (int i = 0; i < changes.size(); i += 2) {
            assertThat(holdersAt(changes.get(i), NEW)).isEmpty();
            assertThat(holdersAt(changes.get(i + 1), NEW)).isEmpty();
        }
    }

    @Test
    void noTaskEndsWithATypeThatWasDeletedWhileManyAreCreatedAndDeleted() throws Exception {
        try (ConfigurableApplicationContext other = start();
                ExecutorService writers = Executors.newFixedThreadPool(FEW_WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < FEW_WRITERS; writer++) {
                int first = writer * 1_000;
                ConfigurableApplicationContext at = writer % 2 == 0 ? node : other;
                writing.add(writers.submit(() -> {
                    for (int i = first; ; i++) {
                        try {
                            send(at, task(id(i), TODO));
                        } catch (ApiException e) {
                            assertThat(e).hasMessageContaining("(task_type_id = " + TYPE);
                            return;
                        }
                        send(at, new DeleteTask(id(i)));
                    }
                }));
            }
            while (!isDone(node, deleteType(), TASKS_OF_TYPE)) {
                Thread.onSpinWait();
            }
            for (Future<?> writer : writing) {
                writer.get();
            }
            assertThat(holdersAt(indexes("task-type.deleted").getFirst(), TODO)).isEmpty();
            assertThat(holders(TODO)).isEmpty();
        }
    }

    private static boolean isDone(ConfigurableApplicationContext at, Object command, String refusal) {
        try {
            send(at, command);
            return true;
        } catch (ApiException e) {
            assertThat(e).hasMessageContaining(refusal);
            return false;
        }
    }

    @Test
    void underTheLockAStatementIsPlannedForTheRangeThatItIsSent() throws SQLException {
        try (Connection connection =
                node.getBean("eventStorePool", DataSource.class).getConnection()) {
            assertThat(planMode(connection)).isEqualTo("force_generic_plan");
            connection.setAutoCommit(false);
            TaskRefTable.on(connection);
            assertThat(planMode(connection)).isEqualTo("auto");
            connection.commit();
            assertThat(planMode(connection)).isEqualTo("force_generic_plan");
        }
    }

    private static String planMode(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show plan_cache_mode")) {
            row.next();
            return row.getString(1);
        }
    }
}
