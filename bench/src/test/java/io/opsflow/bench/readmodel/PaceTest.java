package io.opsflow.bench.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void whatStaysAsFastIsFlat() {
        for (int second = 1; second <= 10; second++) {
            reported(second * 70, second);
        }

        assertThat(pace.flatness()).hasValueCloseTo(1.0, within(1e-9));
        assertThat(pace.seconds()).hasValueCloseTo(10.0, within(1e-9));
    }

    @Test
    void aLastFifthThatTakesTwiceAsLongIsHalfAsFast() {
        reported(100, 1);
        reported(200, 2);
        reported(300, 3);
        reported(400, 4);
        reported(450, 5);
        reported(500, 6);

        assertThat(pace.flatness()).hasValueCloseTo(0.5, within(1e-9));
    }

    @Test
    void theTimeOfAnEventCountIsThatOfItsFirstReport() {
        for (int second = 1; second <= 10; second++) {
            reported(second * 70, second);
        }
        reported(700, 14);

        assertThat(pace.seconds()).hasValueCloseTo(10.0, within(1e-9));
    }

    @Test
    void tooFewReportsTellNothing() {
        pace.add(0, 0);
        pace.add(10, 0);
        assertThat(pace.seconds()).isEmpty();

        reported(100, 1);
        reported(200, 2);
        assertThat(pace.flatness()).isEmpty();
        assertThat(pace.seconds()).hasValueCloseTo(2.0, within(1e-9));
    }

    private void reported(long events, double seconds) {
        pace.add(events, events / seconds);
    }
}
