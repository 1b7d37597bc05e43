package io.opsflow.commandside.gateway;

import io.opsflow.commandside.eventstore.DuplicateIdException;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import io.opsflow.web.error.ErrorAnswer;
import java.util.Locale;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** How a command ended, in the words of the metrics. */
enum CommandOutcome {
    DONE,
    /** By a rule, or because what it is about is not there. */
    REFUSED,
    /** Its request was answered before. */
    REPEATED,
    /** Others were always faster. */
    CONFLICT,
    /** The database was away. */
    UNAVAILABLE,
    /** By a mistake of ours. */
    FAILED;

    static CommandOutcome of(CommandResultMessage<?> result) {
        return result.isExceptional() ? of(result.exceptionResult()) : DONE;
    }

    private static CommandOutcome of(Throwable failure) {
        return switch (failure) {
            case KeyUsedException e -> REPEATED;
            case ConcurrencyException e -> CONFLICT;
            case DuplicateIdException e -> CONFLICT;
            case AggregateNotFoundException e -> REFUSED;
            default ->
                switch (ErrorAnswer.codeOf(failure)) {
                    case ERROR_UNKNOWN -> FAILED;
                    case ERROR_UNAVAILABLE -> UNAVAILABLE;
                    case ERROR_CONFLICT -> CONFLICT;
                    default -> REFUSED;
                };
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
