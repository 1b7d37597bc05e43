package io.opsflow.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00.000Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final String OTHERS = "012369-:Tz .+\u0663";

    private final SplittableRandom random = new SplittableRandom(2026);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Timestamps.parse("2024-12-05T01:02:03.456Z")).isEqualTo(Instant.parse("2024-12-05T01:02:03.456Z"));
        for (int i = 0; i < 50_000; i++) {
            Instant time = time();
            assertThat(Timestamps.parse(Timestamps.format(time))).isEqualTo(time);
        }
    }

    @Test
    void whateverIsReadWouldBeWrittenSo() {
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(Timestamps.format(time()));
            text.setCharAt(random.nextInt(text.length()), OTHERS.charAt(random.nextInt(OTHERS.length())));
            Instant time = Timestamps.parse(text.toString());
            if (time != null) {
                assertThat(Timestamps.format(time)).isEqualTo(text.toString());
                read++;
            }
        }
        assertThat(read).isBetween(5_000, 45_000);
    }

    private Instant time() {
        return Instant.ofEpochMilli(random.nextLong(FIRST, LAST + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-12-05",
                "2024-12-05T01:02:03Z",
                "2024-12-05T01:02:03.4567Z",
                "2024-12-05T01:02:03.456+00:00",
                "2024-12-05t01:02:03.456z",
                "2024-12-05 01:02:03.456Z",
                "2024-12-05T01:02:03.456Z ",
                "2024-12-05T01:02:03.456Zx",
                "2024-00-05T01:02:03.456Z",
                "2024-13-05T01:02:03.456Z",
                "2023-02-29T01:02:03.456Z",
                "2024-12-05T24:00:00.000Z",
                "2024-12-05T01:60:03.456Z",
                "2024-12-31T23:59:60.000Z",
                "-024-12-05T01:02:03.456Z",
                "2024-12-05T01:02:+3.456Z"
            })
    void anythingElseIsLeftToOthers(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }
}
