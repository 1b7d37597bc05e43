package io.opsflow.commandside.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.error.ApiException;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;

class CommandOutcomeTest {

    @Test
    void anAnswerIsDone() {
        assertThat(CommandOutcome.of(GenericCommandResultMessage.asCommandResultMessage("anything")))
                .isEqualTo(CommandOutcome.DONE);
    }

    @ParameterizedTest
    @MethodSource
    void aFailureIsCalledByWhatTheCallerHearsOfIt(Throwable failure, String word) {
        assertThat(CommandOutcome.of(GenericCommandResultMessage.asCommandResultMessage(failure))
                        .word())
                .isEqualTo(word);
    }

    static Stream<Arguments> aFailureIsCalledByWhatTheCallerHearsOfIt() {
        return Stream.of(
                Arguments.of(ApiException.preconditionFailed(1), "refused"),
                Arguments.of(new AggregateNotFoundException("task-1", "gone"), "refused"),
                Arguments.of(new ConcurrencyException("others"), "conflict"),
                Arguments.of(new DataAccessResourceFailureException("away"), "unavailable"),
                Arguments.of(new IllegalStateException("a bug"), "failed"));
    }
}
