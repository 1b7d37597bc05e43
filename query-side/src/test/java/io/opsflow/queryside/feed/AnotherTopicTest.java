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
import io.opsflow.queryside.generation.Generations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The topic was lost, or given up, and another one has its name. */
class AnotherTopicTest {

    private static final int TASKS = 40;

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(3);
    private final String databaseUrl = Servers.newReadModel();

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void oneThatTellsTheSameIsFollowedFromItsBeginningAndChangesNothing() {
        List<EventRecord> history = history(happenings);
        topic.send(history);
        topic.send(history.subList(0, 20)); // its offsets were others
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitRecords(querySide, 2 * TASKS + 20);
            Map<String, List<String>> before = rows(querySide);

            topic.makeAnew(3);
            topic.send(history);
            topic.send(happenings.one(taskRenamed(id(7), "after it was lost")));

            assertThat(querySide.awaitTask(id(7), 2).name()).isEqualTo("after it was lost");
            awaitRecords(querySide, 2 * TASKS + 1);
            Map<String, List<String>> after = rows(querySide);
            assertThat(after.get("task_type")).isEqualTo(before.get("task_type"));
            assertThat(after.get("event_log")).hasSize(2 * TASKS + 1).containsAll(before.get("event_log"));
            assertThat(after.get("audit_event")).hasSize(2 * TASKS + 1).containsAll(before.get("audit_event"));
            assertThat(querySide.parked()).isZero();
        }
    }

    @Test
    void oneThatWasMadeAnewWhileNobodyFollowedIsToldApartToo() {
        List<EventRecord> history = history(happenings);
        topic.send(history);
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitRecords(querySide, 2 * TASKS);
        }
        topic.makeAnew(3);
        EventRecord next = happenings.one(taskRenamed(id(7), "first of all"));
        topic.send(next);
        topic.send(history);
        topic.send(next);
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            assertThat(querySide.awaitTask(id(7), 2).name()).isEqualTo("first of all");
            awaitRecords(querySide, 2 * TASKS + 2);
        }
    }

    @Test
    void oneThatTellsAnotherHistoryIsNotAppliedUntilTheReadModelIsRebuilt() {
        List<EventRecord> history = history(happenings);
        topic.send(history);
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitRecords(querySide, 2 * TASKS);
            Map<String, List<String>> before = rows(querySide);
            topic.makeAnew(3);
            topic.send(history(new Happenings("ff")).subList(0, TASKS));

            FeedStatus status = querySide.bean(FeedStatus.class);
            await().atMost(RunningQuerySide.PATIENCE)
                    .untilAsserted(() -> assertThat(status.health().getDetails().get("problem"))
                            .asString()
                            .contains("the topic tells another event")
                            .contains("until the read model is rebuilt"));
            assertThat(rows(querySide)).isEqualTo(before);
            Generations generations = querySide.bean(Generations.class);
            long stale = generations.live().orElseThrow().id();

            assertThat(generations.request("admin-1")).isTrue();

            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> generations.live().orElseThrow().id() != stale);
            assertThat(rows(querySide).get("event_log")).hasSize(TASKS).allMatch(row -> row.contains("\"ff\""));
            assertThat(rows(querySide).get("task")).hasSize(TASKS / 2);
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> status.health().getDetails().get("problem") == null);
        }
    }

    @Test
    void aBuildThatWasBegunOnTheTopicBeforeBeginsAnew() {
        topic.send(history(new Happenings("ff")));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitRecords(querySide, 2 * TASKS);
            // As a builder that was killed leaves it: filled, and not read yet.
            querySide
                    .database()
                    .sql("update read_models.generation set state = 'BUILDING', live_since = null")
                    .update();
            querySide.stop();
            topic.makeAnew(3);
            topic.send(history(happenings));
            querySide.start();
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> querySide.bean(Generations.class).isLive());
            assertThat(rows(querySide).get("event_log")).hasSize(2 * TASKS).allMatch(row -> row.contains("\"00\""));
        }
    }

    /** Two events for each task. */
    private static List<EventRecord> history(Happenings happenings) {
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            events.add(happenings.one(taskCreated(id(task))));
            events.add(happenings.one(taskRenamed(id(task), "two")));
        }
        return events;
    }

    private static Map<String, List<String>> rows(RunningQuerySide querySide) {
        Map<String, List<String>> rows = ReadModelRows.of(querySide.database());
        rows.remove("feed_offset"); // which tells one topic from the other
        return rows;
    }

    private static void awaitRecords(RunningQuerySide querySide, long records) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide
                                .database()
                                .sql("select coalesce(sum(next_offset), 0) from feed_offset where topic_id = ?")
                                .param(querySide.bean(TopicIds.class).current())
                                .query(Long.class)
                                .single()
                        == records);
    }
}
