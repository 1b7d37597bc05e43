package io.opsflow.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeTimeTest {

    private static final Instant A_THURSDAY = Instant.parse("2024-12-05T01:02:03.456789Z");

    @ParameterizedTest
    @CsvSource({
        "now, 2024-12-05T01:02:03.456Z",
        "now-1s, 2024-12-05T01:02:02.456Z",
        "now+90m, 2024-12-05T02:32:03.456Z",
        "now - 1h, 2024-12-05T00:02:03.456Z",
        "now/d, 2024-12-05T00:00:00Z",
        "now/d+1d, 2024-12-06T00:00:00Z",
        "now/w, 2024-12-02T00:00:00Z",
        "now/w-52w, 2023-12-04T00:00:00Z",
        "now/m, 2024-12-01T00:00:00Z",
        "now/m - 1d, 2024-11-30T00:00:00Z"
    })
    void itCountsFromNow(String text, Instant expected) {
        assertThat(RelativeTime.parse(text, "value").from(A_THURSDAY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NOW",
                "now-",
                "now1d",
                "now-1",
                "now-1y",
                "now/h",
                "now/d/w",
                "now  - 1h",
                " now",
                "now-1d-1d",
                "now-99999999999999999999d",
                "now-9223372036854775807s",
                "now-999999999d",
                "now-1.5h"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> RelativeTime.parse(text, "value"));
    }
}
