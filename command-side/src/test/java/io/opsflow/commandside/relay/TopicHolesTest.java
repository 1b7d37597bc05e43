package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicHolesTest {

    private static final long EVENTS = 200_000;

    /** The first, the last, and either side of where a set of bits ends. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 65_535, 65_536, 65_537, 131_071, 131_072, 199_999, EVENTS})
    void oneThatIsMissingIsFound(long missing) {
        TopicHoles holes = new TopicHoles(new TopicExtent(1, EVENTS));
        LongStream.rangeClosed(1, EVENTS).filter(index -> index != missing).forEach(holes::found);

        assertThat(holes.missing()).isEqualTo(1);
        assertThat(holes.first()).isEqualTo(missing);
    }

    @Test
    void nothingIsMissingWhereAllIsThereInWhateverOrderAndTwice() {
        TopicHoles holes = new TopicHoles(new TopicExtent(1, EVENTS));
        LongStream.rangeClosed(1, EVENTS).map(index -> EVENTS + 1 - index).forEach(holes::found);
        LongStream.rangeClosed(1, 1_000).forEach(holes::found);

        assertThat(holes.missing()).isZero();
    }

    @Test
    void whatIsOutsideIsNeitherMissingNorStandsForWhatIs() {
        TopicHoles holes = new TopicHoles(new TopicExtent(101, 110));
        LongStream.concat(LongStream.rangeClosed(1, 105), LongStream.of(111, Long.MAX_VALUE))
                .forEach(holes::found);

        assertThat(holes.missing()).isEqualTo(5);
        assertThat(holes.first()).isEqualTo(106);
    }

    @Test
    void ofManyTheFirstIsTold() {
        TopicHoles holes = new TopicHoles(new TopicExtent(1, EVENTS));
        assertThat(holes.first()).isEqualTo(1);
        assertThat(holes.missing()).isEqualTo(EVENTS);

        LongStream.rangeClosed(1, 70_000).forEach(holes::found);
        assertThat(holes.first()).isEqualTo(70_001);
    }

    @Test
    void whereNothingWasSentNothingIsMissing() {
        assertThat(new TopicHoles(new TopicExtent(1, 0)).missing()).isZero();
        assertThat(new TopicHoles(new TopicExtent(11, 5)).missing()).isZero();
    }
}
