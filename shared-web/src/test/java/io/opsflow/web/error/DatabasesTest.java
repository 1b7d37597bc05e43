package io.opsflow.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.error.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasesTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53100", "57P01", "58030", "25006", "25P03", "25P04"})
    void whatPassesIsAnsweredSoThatTheClientTriesAgain(String state) {
        assertThat(answer(state).code()).isEqualTo(ErrorCode.ERROR_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P02", "25001", "42601", "XX000", "5"})
    void whatDoesNotIsAMistakeOfOurs(String state) {
        assertThat(answer(state).code()).isEqualTo(ErrorCode.ERROR_UNKNOWN);
    }

    private static ErrorAnswer answer(String state) {
        return Failures.answer(new IllegalStateException("append", new SQLException("it failed", state)));
    }
}
