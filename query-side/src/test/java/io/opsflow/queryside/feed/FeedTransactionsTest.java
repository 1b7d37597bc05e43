package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static io.opsflow.queryside.fixture.TaskEvents.caller;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.caller.Role;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTransactionsTest {

    private static final String A = id(1);

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(2); // on which nothing comes
    private final RunningQuerySide querySide = RunningQuerySide.on(topic);
    private final FeedTransactions readModel = querySide.bean(FeedTransactions.class);
    private final TopicPartition left = new TopicPartition(topic.name(), 0);
    private final TopicPartition right = new TopicPartition(topic.name(), 1);

    @BeforeEach
    void takeUp() {
        assertThat(readModel.takeUp(left)).contains(0L);
        assertThat(readModel.takeUp(right)).contains(0L);
    }

    @AfterEach
    void stop() {
        querySide.close();
        topic.close();
    }

    @Test
    void whoeverIsBehindOrAheadOfTheReadModelWritesNothing() {
        readModel.apply(List.of(slice(left, 0, happenings.one(taskCreated(A)))));
        EventRecord renamed = happenings.one(taskRenamed(A, "one"));
        Slice wouldFit = slice(right, 0, happenings.one(taskCreated(id(2))));

        for (long elsewhere : new long[] {0, 2}) {
            assertThatThrownBy(() -> readModel.apply(List.of(wouldFit, slice(left, elsewhere, renamed))))
                    .isInstanceOf(FencedException.class);
        }
        assertThat(querySide.task(A).version()).isZero();
        assertThat(readModel.takeUp(left)).contains(1L);
        assertThat(querySide.find(id(2))).isEmpty();
        assertThat(readModel.takeUp(right)).contains(0L);
        readModel.apply(List.of(wouldFit, slice(left, 1, renamed)));
        assertThat(readModel.takeUp(left)).contains(2L);
        assertThat(readModel.takeUp(right)).contains(1L);
    }

    @Test
    void oneTellsWhichRowsItHasChangedAsTheyAreThen() {
        EventRecord created = happenings.one(taskCreated(A));
        EventRecord renamed = happenings.one(taskRenamed(A, "one"));

        List<Held> changed =
                readModel.apply(List.of(slice(left, 0, created, renamed))).changed();
        assertThat(changed).singleElement().satisfies(task -> {
            assertThat(task.id()).isEqualTo(A);
            assertThat(task.version()).isEqualTo(1);
            assertThat(task.visibleTo()).accepts(OWNER);
            assertThat(task.visibleTo()).rejects(caller(Role.WORKSPACE_OWNER, DOMAIN, "workspace-00000000000b"));
        });

        FeedTransactions.Applied repeated = readModel.apply(List.of(slice(left, 2, created)));
        assertThat(repeated.changed()).isEmpty();
        assertThat(repeated.parked()).isZero();

        EventRecord unknown = happenings.one(taskRenamed(id(2), "of a task that there is not"));
        FeedTransactions.Applied refused = readModel.apply(List.of(slice(left, 3, unknown)));
        assertThat(refused.changed()).isEmpty();
        assertThat(refused.parked()).isOne();
    }

    private static Slice slice(TopicPartition partition, long from, EventRecord... events) {
        return new Slice(
                partition,
                from,
                from + events.length,
                IntStream.range(0, events.length)
                        .mapToObj(i -> new FeedRecord(
                                partition, from + i, null, new RecordHeaders(), new byte[0], events[i], "", null))
                        .toList());
    }
}
