package io.opsflow.commandside.eventstore.idempotency;

import org.axonframework.common.AxonNonTransientException;

/** A request with this key was answered already, maybe a moment ago on another process; nothing was changed again. */
public final class KeyUsedException extends AxonNonTransientException {
    public KeyUsedException() {
        super("the idempotency key was used");
    }
}
