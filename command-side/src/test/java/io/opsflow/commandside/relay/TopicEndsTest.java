package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.commandside.relay.TopicRecords.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Of twelve partitions task-0 and task-2 have number 6, task-1 number 7. */
class TopicEndsTest {

    private static final Map<Long, String> SENT = Map.of(7L, "task-0", 8L, "task-1", 9L, "task-2", 10L, "task-1");

    @Test
    void aTopicThatHasTheLastOfEachPartitionHasLostNothing() {
        assertThat(ends(Map.of(6, 9L, 7, 10L), 9, 10).lost(SENT)).isEmpty();
    }

    @Test
    void whatAPartitionDoesNotEndWithAnyMoreIsLost() {
        assertThat(ends(Map.of(6, 7L, 7, 10L), 7, 8, 10).lost(SENT)).hasValue(9);
        assertThat(ends(Map.of(6, 9L, 7, 1L), 1, 9).lost(SENT)).hasValue(10);
        assertThat(ends(Map.of(3, 1L, 6, 9L, 7, 0L), 1, 9).lost(SENT))
                .as("a partition without its disk")
                .hasValue(10);
    }

    @Test
    void whatWasSentTwiceOrIsAheadOfThePositionHidesNothingThatIsThere() {
        assertThat(ends(Map.of(6, 9L, 7, 15L), 1, 9, 11, 15).lost(SENT)).isEmpty();
    }

    @Test
    void whatIsFromBeforeTheBeginningOfTheTopicWasNeverThere() {
        assertThat(ends(Map.of(6, 0L, 7, 10L), 10).lost(SENT)).isEmpty();
    }

    @Test
    void aPartitionThatKeepsNoRecordsSaysNothing() {
        assertThat(ends(Map.of(3, 1L, 7, 10L), 1, 10).lost(SENT)).isEmpty();
    }

    @Test
    void whatStandsInAnotherPartitionThanItsOwnIsThere() {
        assertThat(ends(Map.of(1, 9L, 6, 0L, 7, 0L), 7, 8, 9, 10).lost(SENT)).isEmpty();
    }

    @Test
    void whatAPartitionGoesOnBehindWithoutItIsLost() {
        Map<Integer, Long> lasts = Map.of(6, 9L, 7, 11L);

        assertThat(ends(lasts, Map.of(6, 0L, 7, 0L), 7, 9, 11).lost(SENT)).hasValue(10);
        assertThat(ends(lasts, Map.of(7, 8L), 7, 9, 11).lost(SENT)).hasValue(10);
        assertThat(ends(lasts, Map.of(6, 0L, 7, 10L), 7, 9, 11).lost(SENT))
                .as("it may stand before what was read")
                .isEmpty();
    }

    @Test
    void aPartitionThatWasReadFromItsBeginningIsComplete() {
        assertThat(TopicEnds.complete(read(LongStream.rangeClosed(5, 9)), 5)).hasValue(0);
        assertThat(TopicEnds.complete(List.of(), 0)).hasValue(0);
        assertThat(TopicEnds.complete(read(LongStream.rangeClosed(5, 9)), 6)).isEmpty();
    }

    @Test
    void aBatchThatWasSentLateDoesNotHideWhatStandsBeforeIt() {
        LongStream late = LongStream.rangeClosed(401, 900);
        LongStream inOrder = LongStream.rangeClosed(1001, 1700);

        assertThat(TopicEnds.complete(read(LongStream.concat(late, inOrder)), 2200)
                        .orElseThrow())
                .as("1000 may stand before the batch")
                .isBetween(1000L, 1200L);
    }

    private static List<Entry> read(LongStream events) {
        return events.mapToObj(event -> new Entry(6, "", event, "hash of " + event))
                .toList();
    }

    private static TopicEnds ends(Map<Integer, Long> lasts, long... events) {
        return ends(lasts, Map.of(), events);
    }

    private static TopicEnds ends(Map<Integer, Long> lasts, Map<Integer, Long> complete, long... events) {
        return new TopicEnds(
                new TreeMap<>(Arrays.stream(events)
                        .boxed()
                        .collect(Collectors.toMap(Function.identity(), event -> "hash of " + event))),
                12,
                lasts,
                complete);
    }
}
