package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.queryside.generation.Layout;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class FollowTheTopicTest {

    private static final String A = id(1);
    private static final String B = id(2);

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(1);
    private final RunningQuerySide querySide = RunningQuerySide.on(topic);

    @AfterEach
    void close() {
        querySide.close();
        topic.close();
    }

    @Test
    void aRepeatedRecordChangesNothing() {
        EventRecord created = happenings.one(taskCreated(A));
        List<EventRecord> renamed = happenings.request(taskRenamed(A, "one"), taskRenamed(A, "two"));
        topic.send(created);
        topic.send(renamed);
        topic.send(created, created);
        topic.send(renamed.subList(0, 1));
        querySide.awaitOffset(6);

        assertThat(querySide.task(A).info().name()).isEqualTo("two");
        assertThat(querySide.task(A).version()).isEqualTo(2);
        assertThat(querySide.parked()).isZero();
    }

    @Test
    void halfOfARequestIsNeverSeen() {
        List<EventRecord> request = happenings.request(taskCreated(A), taskRenamed(A, "half"), taskRenamed(A, "whole"));
        topic.send(happenings.one(taskCreated(B)));
        topic.send(request.subList(0, 2));
        querySide.awaitTask(B, 0);
        await().atMost(RunningQuerySide.PATIENCE).until(() -> lag() == 2);
        assertThat(querySide.find(A)).isEmpty();

        topic.send(request.subList(2, 3));
        assertThat(querySide.awaitTask(A, 0).name()).isEqualTo("whole");
    }

    @Test
    void afterARestartItGoesOnWhereItWas() {
        topic.send(happenings.one(taskCreated(A)), happenings.one(taskRenamed(A, "before")));
        List<EventRecord> open = happenings.request(taskRenamed(A, "half"), taskRenamed(A, "whole"));
        topic.send(open.subList(0, 1));
        querySide.awaitOffset(2);
        querySide.stop();

        topic.send(open.subList(1, 2));
        querySide.start();

        assertThat(querySide.awaitTask(A, 3).name()).isEqualTo("whole");
        assertThat(querySide.nextOffset()).isEqualTo(4);
        assertThat(querySide.parked()).isZero();
    }

    @Test
    void readsThatTakeAllTheirConnectionsDoNotHoldItUp() throws SQLException {
        DataSource reads = querySide.bean(DataSource.class);
        List<Connection> taken = new ArrayList<>();
        try (Connection outside = querySide.connect()) {
            for (int i = 0; i < RunningQuerySide.CONNECTIONS_FOR_READS; i++) {
                taken.add(reads.getConnection());
            }
            topic.send(happenings.one(taskCreated(A)));
            await().atMost(RunningQuerySide.PATIENCE).until(() -> number(outside, "select count(*) from %s.task") == 1);

            // Nobody can look either, so that who waits hears of it from the feed.
            Consistency consistency = querySide.bean(Consistency.class);
            CompletableFuture<Void> read =
                    CompletableFuture.runAsync(() -> consistency.await(OWNER, new ConsistentWith(List.of(A + "@1"))));
            Gauge waiting = querySide
                    .bean(MeterRegistry.class)
                    .get("opsflow.consistency.waiting")
                    .gauge();
            await().until(() -> waiting.value() == 1);
            topic.send(happenings.one(taskRenamed(A, "told")));
            assertThat(read).succeedsWithin(RunningQuerySide.PATIENCE);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    /** Also of a table that PostgreSQL takes for empty, as it has not counted its rows yet. */
    @Test
    void itFindsRowsByTheirKeys() throws SQLException {
        String read = "select %s from pg_stat_user_tables where relname = 'task'";
        try (Connection outside = querySide.connect()) {
            long fromEndToEnd = number(outside, read.formatted("seq_scan"));
            for (int i = 0; i < 10; i++) {
                topic.send(happenings.one(taskCreated(id(i))));
                querySide.awaitOffset(2 * i + 1L);
                topic.send(happenings.one(taskRenamed(id(i), "renamed")));
                querySide.awaitOffset(2 * i + 2L);
            }
            await().atMost(RunningQuerySide.PATIENCE).until(() -> number(outside, read.formatted("n_tup_upd")) == 10);
            assertThat(number(outside, read.formatted("seq_scan"))).isEqualTo(fromEndToEnd);
        }
    }

    @Test
    void manyBatchesArriveComplete() {
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < 1_000; task++) {
            events.addAll(happenings.request(taskCreated(id(task)), taskRenamed(id(task), "two")));
            events.add(happenings.one(taskRenamed(id(task), "three")));
        }
        topic.send(events);
        querySide.awaitOffset(3_000);

        assertThat(querySide
                        .database()
                        .sql("select count(*) from task where version = 2 and name = 'three'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1_000);
    }

    @Test
    void textsArriveAsTheyAreAlsoInLargeBatchesAndWhenTheseComeAgain() {
        List<String> texts =
                List.of("tab\t", "line\nline\r\n", "back\\slash\\n", "\\N", "\\.", "한국어 \uD83D\uDE00", "\u0001");
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < 300; task++) {
            events.add(happenings.one(taskCreated(id(task))));
        }
        for (int task = 0; task < 300; task++) {
            String text = texts.get(task % texts.size()) + task;
            events.addAll(happenings.request(taskRenamed(id(task), "half"), taskRenamed(id(task), text)));
            events.add(happenings.one(new TaskRenamed(id(task), "last", TaskEvents.NOON.plusSeconds(1))));
        }
        topic.send(events);
        querySide.awaitOffset(1_200);
        topic.send(events);
        querySide.awaitOffset(2_400);

        for (int task = 0; task < 300; task++) {
            assertThat(querySide
                            .database()
                            .sql("select name from task_past where task_id = ? and version = 2")
                            .param(id(task))
                            .query(String.class)
                            .single())
                    .isEqualTo(texts.get(task % texts.size()) + task);
        }
        assertThat(querySide
                        .database()
                        .sql("select payload from event_log order by global_index")
                        .query(String.class)
                        .list())
                .isEqualTo(events.stream().map(EventRecord::payload).toList());
        assertThat(querySide.parked()).isZero();
    }

    @Test
    void aHealthyFeedSaysHowFarItIs() {
        topic.send(happenings.one(taskCreated(A)));
        querySide.awaitTask(A, 0);

        await().atMost(RunningQuerySide.PATIENCE).until(() -> lag() == 0);
        var health = querySide.bean(FeedStatus.class).health();
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("parked", 0L).containsKey("lag");
        assertThat(meters().get("opsflow.feed.parked").gauge().value()).isZero();
        assertThat(meters().get("opsflow.feed.records").counter().count()).isEqualTo(1);
        assertThat(meters().get("opsflow.feed.delay").timer().count()).isEqualTo(1);
        assertThat(meters().get("opsflow.feed.transaction").timer().count()).isEqualTo(1);
        assertThat(meters().get("opsflow.feed.failing").gauge().value()).isZero();
        assertThat(meters().get("opsflow.feed.stuck").gauge().value()).isZero();
    }

    /** @param sql %s stands for the schema of what is read */
    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(sql.formatted(Layout.current().schema()))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private double lag() {
        return meters().get("opsflow.feed.lag").tag("partition", "0").gauge().value();
    }

    private MeterRegistry meters() {
        return querySide.bean(MeterRegistry.class);
    }
}
