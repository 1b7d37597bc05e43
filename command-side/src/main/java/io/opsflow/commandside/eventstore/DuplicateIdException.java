package io.opsflow.commandside.eventstore;

import org.axonframework.common.AxonNonTransientException;

/** An aggregate was created under an id that is taken. No lost race: the same command would fail again. */
public final class DuplicateIdException extends AxonNonTransientException {
    DuplicateIdException(String aggregateId) {
        super("the id is taken: " + aggregateId);
    }
}
