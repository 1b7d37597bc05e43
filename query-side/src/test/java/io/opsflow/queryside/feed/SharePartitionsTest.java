package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SharePartitionsTest {

    private static final String A = id(1);
    private static final int TASKS = 40;

    private final Happenings happenings = new Happenings();

    @Test
    void twoConsumersShareThePartitionsAndOneThatStopsIsReplaced() {
        try (EventTopic topic = EventTopic.create(4);
                RunningQuerySide first = RunningQuerySide.on(topic);
                RunningQuerySide second = first.another()) {
            await().atMost(RunningQuerySide.PATIENCE).until(() -> partitions(first) == 2 && partitions(second) == 2);
            send(topic, "created by both");
            awaitAll(first, 0);

            second.stop();
            send(topic, "renamed by one");
            awaitAll(first, 1);

            second.start();
            send(topic, "renamed by both");
            awaitAll(first, 2);
            await().atMost(RunningQuerySide.PATIENCE).until(() -> partitions(first) == 2 && partitions(second) == 2);
            assertThat(first.parked()).isZero();
        }
    }

    @Test
    void aConsumerThatTheReadModelHasLeftBehindGoesOnWhereTheOtherOneIs() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            // as another consumer would that has applied the next record
            querySide.database().sql("update feed_offset set next_offset = 2").update();
            querySide
                    .database()
                    .sql("update task set version = 1, name = 'the other'")
                    .update();

            EventRecord one = happenings.one(taskRenamed(A, "one"));
            topic.send(one);
            await().during(java.time.Duration.ofMillis(500)).until(() -> querySide.nextOffset() == 2);
            assertThat(querySide.task(A).info().name()).isEqualTo("the other");

            topic.send(happenings.one(taskRenamed(A, "two")));
            assertThat(querySide.awaitTask(A, 2).name()).isEqualTo("two");
            assertThat(querySide.nextOffset()).isEqualTo(3);
        }
    }

    @Test
    void whoeverIsBehindOrAheadOfTheReadModelWritesNothing() {
        EventTopic topic = EventTopic.create(1); // on which nothing comes
        try (topic;
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            FeedTransactions readModel = querySide.bean(FeedTransactions.class);
            TopicPartition partition = new TopicPartition(topic.name(), 0);
            assertThat(readModel.takeUp(partition)).isZero();
            readModel.apply(List.of(slice(partition, 0, happenings.one(taskCreated(A)))));
            EventRecord renamed = happenings.one(taskRenamed(A, "one"));

            for (long elsewhere : new long[] {0, 2}) {
                assertThatThrownBy(() -> readModel.apply(List.of(slice(partition, elsewhere, renamed))))
                        .isInstanceOf(FencedException.class);
            }
            assertThat(querySide.task(A).version()).isZero();
            assertThat(readModel.takeUp(partition)).isEqualTo(1);
        }
    }

    private static Slice slice(TopicPartition partition, long offset, EventRecord event) {
        return new Slice(
                partition,
                offset,
                offset + 1,
                List.of(new FeedRecord(partition, offset, null, new RecordHeaders(), new byte[0], event, "")));
    }

    private void send(EventTopic topic, String name) {
        topic.send(IntStream.range(0, TASKS)
                .mapToObj(task -> happenings.one(
                        name.startsWith("created") ? taskCreated(id(task)) : taskRenamed(id(task), name)))
                .toList());
    }

    private static void awaitAll(RunningQuerySide querySide, long version) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide
                                .database()
                                .sql("select count(*) from task where version = ?")
                                .param(version)
                                .query(Integer.class)
                                .single()
                        == TASKS);
    }

    private static int partitions(RunningQuerySide querySide) {
        return ((Map<?, ?>)
                        querySide.bean(FeedStatus.class).health().getDetails().get("lag"))
                .size();
    }
}
