package io.opsflow.bench.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final History HISTORY = History.ofAtMost(3_229);

    private final List<EventRecord> events = told();

    @Test
    void itHasWholeLivesOnly() {
        assertThat(HISTORY.events()).isEqualTo(3_200);
        assertThat(HISTORY.tasks()).isEqualTo(800);
        assertThat(events).hasSize(3_200);
        assertThat(lives()).hasSize(800);
        assertThatThrownBy(() -> History.ofAtMost(31)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIndexHasNoHolesAndTimeGoesForward() {
        assertThat(events)
                .extracting(EventRecord::globalIndex)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3_200).boxed().toList());
        assertThat(events).extracting(EventRecord::occurredAt).isSorted();
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(event.event().orElseThrow().at()).isEqualTo(event.occurredAt()));
    }

    @Test
    void aTaskIsCreatedFirstAndItsEventsAreNumbered() {
        assertThat(lives().values()).allSatisfy(life -> {
            assertThat(life.getFirst().name()).isEqualTo("task.created");
            assertThat(life)
                    .extracting(EventRecord::sequence)
                    .containsExactlyElementsOf(
                            LongStream.range(0, life.size()).boxed().toList());
        });
    }

    @Test
    void aQuarterOfTheEventsComeInRequestsOfTwoThatStandTogether() {
        Map<String, List<EventRecord>> requests = by(EventRecord::requestId);

        assertThat(requests.values()).allSatisfy(request -> {
            assertThat(request).hasSizeBetween(1, 2);
            assertThat(request.getLast().globalIndex() - request.getFirst().globalIndex())
                    .isEqualTo(request.size() - 1);
            assertThat(request)
                    .extracting(EventRecord::aggregateId)
                    .containsOnly(request.getFirst().aggregateId());
            assertThat(request)
                    .extracting(EventRecord::occurredAt)
                    .containsOnly(request.getFirst().occurredAt());
            assertThat(request.stream().filter(EventRecord::requestLast)).containsExactly(request.getLast());
        });
        assertThat(requests.values()).filteredOn(request -> request.size() == 2).hasSize(400);
    }

    @Test
    void manyTasksAreAliveAtOnce() {
        Map<String, Long> ends = events.stream()
                .collect(Collectors.toMap(EventRecord::aggregateId, EventRecord::globalIndex, Math::max));
        Set<String> alive = new HashSet<>();
        int most = 0;
        for (EventRecord event : events) {
            alive.add(event.aggregateId());
            alive.removeIf(task -> ends.get(task) <= event.globalIndex());
            most = Math.max(most, alive.size());
        }

        assertThat(most).isGreaterThan(20);
    }

    @Test
    void itIsTheSameInEveryRun() {
        assertThat(told()).isEqualTo(events);
    }

    private static List<EventRecord> told() {
        List<EventRecord> events = new ArrayList<>();
        HISTORY.tell(events::add);
        return events;
    }

    private Map<String, List<EventRecord>> lives() {
        return by(EventRecord::aggregateId);
    }

    private Map<String, List<EventRecord>> by(Function<EventRecord, String> key) {
        return events.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }
}
