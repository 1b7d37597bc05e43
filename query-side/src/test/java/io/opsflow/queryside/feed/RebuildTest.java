package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.ReadModelRows;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RebuildTest {

    private static final int TASKS = 300;

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(3);
    private final String databaseUrl = Servers.newDatabase();

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void aRebuildEndsWithTheSameRowsAndDropsTheOldOnes() {
        topic.send(history());
        topic.sendNonsense(id(1));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS + 1);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
            assertThat(before.get("task")).hasSize(TASKS);
            assertThat(before.get("event_log")).hasSize(3 * TASKS);
            assertThat(before.get("task_past")).hasSize(TASKS);
            assertThat(before.get("audit_event")).hasSize(2 * TASKS);
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> schemas().equals(List.of(Layout.current().schema())));
            topic.send(happenings.one(taskRenamed(id(1), "after the rebuild")));
            assertThat(querySide.awaitTask(id(1), 3).name()).isEqualTo("after the rebuild");
        }
    }

    @Test
    void whileOneIsBuiltReadsAndTheFeedGoOnAndASecondOneIsRefused() throws Exception {
        topic.send(history());
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl);
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            awaitOffsets(querySide, 3 * TASKS);
            long first = live(querySide).id();
            AtomicBoolean done = new AtomicBoolean();
            Future<Long> reads = reader.submit(() -> {
                long count = 0;
                long latest = 2;
                while (!done.get()) {
                    long version = querySide.task(id(1)).version();
                    assertThat(version).isGreaterThanOrEqualTo(latest);
                    latest = version;
                    count++;
                }
                return count;
            });

            assertThat(generations(querySide).request("admin-1")).isTrue();
            assertThat(generations(querySide).request("admin-2")).isFalse();
            long version = 2;
            while (live(querySide).id() == first) {
                topic.send(happenings.one(taskRenamed(id(1), "name " + ++version)));
            }
            topic.send(happenings.one(taskRenamed(id(1), "the last name")));

            assertThat(querySide.awaitTask(id(1), version + 1).name()).isEqualTo("the last name");
            done.set(true);
            assertThat(reads.get()).isPositive();
            assertThat(querySide.parked()).isZero();
        }
    }

    @Test
    void aBuildThatWasLeftInTheMiddleGoesOnInTheNextProcess() {
        topic.send(history());
        long first;
        Map<String, List<String>> before;
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
            first = live(querySide).id();
            before = ReadModelRows.of(querySide.database());
        }
        // As a builder that was killed leaves it: the tables are there, and a part of the events.
        JdbcClient database = database();
        database.sql(
                        "insert into read_models.generation (layout, state, requested_by) values (?, 'BUILDING', 'admin-1')")
                .param(Layout.current().id())
                .update();
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
        }
    }

    @Test
    void aNewLayoutIsReadWhenItIsBuiltAndTheOldOneIsLeftToThoseWhoUseIt() {
        topic.send(history());
        JdbcClient database = database();
        try (RunningQuerySide old = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(old, 3 * TASKS);
        }
        // The same generation under another layout's name: what an older version would have left.
        database.sql("update read_models.generation set layout = '0badcafe'").update();
        database.sql("alter schema %s rename to read_model_0badcafe"
                        .formatted(Layout.current().schema()))
                .update();
        Servers.BROKER.pause();
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            HealthEndpoint health = querySide.bean(HealthEndpoint.class);
            try {
                assertThat(generations(querySide).isLive()).isFalse();
                assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            } finally {
                Servers.BROKER.restart();
            }
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> generations(querySide).isLive());
            assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.UP);
            assertThat(querySide.task(id(7)).version()).isEqualTo(2);
            assertThat(schemas()).contains("read_model_0badcafe");
        }
    }

    /** Three events for each task, in two requests. */
    private List<EventRecord> history() {
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            events.add(happenings.one(taskCreated(id(task))));
            events.addAll(happenings.request(taskRenamed(id(task), "two"), taskRenamed(id(task), "three")));
        }
        return events;
    }

    private static void awaitOffsets(RunningQuerySide querySide, long records) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide
                                .database()
                                .sql("select coalesce(sum(next_offset), 0) from feed_offset")
                                .query(Long.class)
                                .single()
                        == records);
    }

    private static void awaitAnother(RunningQuerySide querySide, long first) {
        await().atMost(RunningQuerySide.PATIENCE).until(() -> live(querySide).id() != first);
    }

    private static Generations generations(RunningQuerySide querySide) {
        return querySide.bean(Generations.class);
    }

    private static Generation live(RunningQuerySide querySide) {
        return generations(querySide).live().orElseThrow();
    }

    private List<String> schemas() {
        return database()
                .sql("select nspname from pg_namespace where nspname like 'read\\_model\\_%' order by 1")
                .query(String.class)
                .list();
    }

    private JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(databaseUrl));
    }
}
