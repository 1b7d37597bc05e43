package io.opsflow.commandside.eventstore.idempotency;

import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be repeated; it travels in the metadata of its command.
 *
 * @param hash equal for equal requests only, so that a key is not used for two
 */
public record KeyedRequest(IdempotencyKey key, String hash) {

    /** The name in the metadata. */
    public static final String METADATA = "keyed_request";

    /** That of the command that is handled; null where it has none. */
    public static @Nullable KeyedRequest of(UnitOfWork<?> unitOfWork) {
        Message<?> command = unitOfWork.getMessage();
        return command == null ? null : (KeyedRequest) command.getMetaData().get(METADATA);
    }
}
