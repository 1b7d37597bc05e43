package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    private static TopicEnds ends(Map<Integer, Long> lasts, long... events) {
        return new TopicEnds(
                new TreeMap<>(Arrays.stream(events)
                        .boxed()
                        .collect(Collectors.toMap(Function.identity(), event -> "hash of " + event))),
                12,
                lasts);
    }
}
