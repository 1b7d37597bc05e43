package io.opsflow.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2025, 2025-01-01T00:00:00Z",
        "0001, 0001-01-01T00:00:00Z",
        "2025-03, 2025-03-01T00:00:00Z",
        "2025-03-04, 2025-03-04T00:00:00Z",
        "20250304, 2025-03-04T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z",
        "2025-W01, 2024-12-30T00:00:00Z",
        "2025W01, 2024-12-30T00:00:00Z",
        "2025-W01-1, 2024-12-30T00:00:00Z",
        "2025W017, 2025-01-05T00:00:00Z",
        "2026-W53-7, 2027-01-03T00:00:00Z",
        "2025-001, 2025-01-01T00:00:00Z",
        "2024366, 2024-12-31T00:00:00Z",
        "2025-03-04T05, 2025-03-04T05:00:00Z",
        "2025-03-04T05:06, 2025-03-04T05:06:00Z",
        "20250304T0506, 2025-03-04T05:06:00Z",
        "2025-03-04T05:06:07, 2025-03-04T05:06:07Z",
        "20250304T050607Z, 2025-03-04T05:06:07Z",
        "2025-03-04 05:06:07.5Z, 2025-03-04T05:06:07.500Z",
        "'2025-03-04T05:06:07,123999Z', 2025-03-04T05:06:07.123Z",
        "2025-03-04T00:06+09:00, 2025-03-03T15:06:00Z",
        "2025-03-04T23:06-0130, 2025-03-05T00:36:00Z",
        "2025-03-04T23+01, 2025-03-04T22:00:00Z",
        "2025-03-04T24:00, 2025-03-05T00:00:00Z",
        "2025-W10-2T05:06Z, 2025-03-04T05:06:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void itIsReadAsUtc(String text, Instant expected) {
        assertThat(IsoTime.parse(text, "value")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "infinity",
                "0000",
                "10000-01-01",
                "25",
                "202501",
                "2025-13",
                "2025-02-29",
                "2025-3-4",
                "2025-W54",
                "2025-W53",
                "2025-W00",
                "2025-W01-8",
                "2025-000",
                "2025-366",
                "2025-01-01T",
                "2025-01-01T25",
                "2025-01-01T23:60",
                "2025-01-01T23:59:60",
                "2025-01-01T24:01",
                "2025T12",
                "2025-01T12:00",
                "2025-01-01T12:00:00.Z",
                "2025-01-01T12:00+24:00",
                "2025-01-01Z",
                "2025-01-01T12:00 Z",
                "0001-01-01T00:00+01",
                "9999-12-31T23:59:59-01:00",
                "2025-01-01T12:00:00Zx",
                "２０２５"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> IsoTime.parse(text, "value"));
    }
}
