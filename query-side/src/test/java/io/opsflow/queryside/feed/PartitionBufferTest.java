package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.Happenings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PartitionBufferTest {

    private static final String A = id(1);
    private static final String B = id(2);

    private final Happenings happenings = new Happenings();
    private final PartitionBuffer buffer = new PartitionBuffer(new TopicPartition("events", 0));
    private long offset;

    PartitionBufferTest() {
        buffer.position(0);
    }

    @Test
    void aSliceEndsWhereARequestEnds() {
        read(request(A, 2));
        read(request(B, 3).subList(0, 2));

        assertThat(complete(Map.of())).containsExactly(0L, 1L);
    }

    @Test
    void theRestWaitsForTheNextPoll() {
        List<EventRecord> request = request(A, 3);
        read(request.subList(0, 1));
        assertThat(complete(Map.of())).isEmpty();

        read(request.subList(1, 3));
        assertThat(complete(Map.of())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theEndOfAnotherRequestDoesNotEndAnOpenOne() {
        List<EventRecord> open = request(A, 2);
        List<EventRecord> between = request(B, 1);
        read(open.subList(0, 1));
        read(between);
        assertThat(complete(Map.of())).isEmpty();

        read(open.subList(1, 2));
        assertThat(complete(Map.of())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aRepeatedHalfOfAnAppliedRequestHoldsNothingUp() {
        List<EventRecord> request = request(A, 2);
        read(request.subList(0, 1));
        read(request(B, 1));

        assertThat(complete(Map.of(A, 1L))).containsExactly(0L, 1L);
    }

    @Test
    void aRepeatedHalfOfARequestThatJustCameHoldsNothingUp() {
        List<EventRecord> request = request(A, 2);
        read(request);
        read(request.subList(0, 1));

        assertThat(complete(Map.of())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aRequestThatNeverEndsDoesNotHoldThePartitionUpForEver() {
        read(request(A, 2).subList(0, 1));
        for (int i = 0; i < 4_999; i++) {
            assertThat(complete(Map.of())).isEmpty();
            read(request(B, 1));
        }
        assertThat(complete(Map.of())).hasSize(5_000);
    }

    @Test
    void whatIsLostIsForgottenUntilItsPositionIsKnownAgain() {
        read(request(A, 1));
        buffer.lose();
        read(request(A, 1));
        assertThat(complete(Map.of())).isEmpty();

        buffer.position(7);
        offset = 7;
        read(request(A, 1));
        assertThat(buffer.complete(records -> Map.of()))
                .hasValueSatisfying(
                        slice -> assertThat(List.of(slice.from(), slice.to())).containsExactly(7L, 8L));
    }

    private List<EventRecord> request(String taskId, int events) {
        return happenings.request(Stream.iterate(0, i -> i + 1)
                .limit(events)
                .map(i -> i == 0 ? taskCreated(taskId) : taskRenamed(taskId, "name " + i))
                .toArray(io.opsflow.api.event.DomainEvent[]::new));
    }

    private void read(List<EventRecord> records) {
        for (EventRecord record : records) {
            buffer.add(new FeedRecord(
                    buffer.partition(), offset++, null, new RecordHeaders(), new byte[0], record, "", null));
        }
    }

    private List<Long> complete(Map<String, Long> versions) {
        return buffer.complete(records -> versions).stream()
                .flatMap(slice -> slice.records().stream())
                .map(FeedRecord::offset)
                .toList();
    }
}
