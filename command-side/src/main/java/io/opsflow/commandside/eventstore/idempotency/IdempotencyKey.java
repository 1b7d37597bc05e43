package io.opsflow.commandside.eventstore.idempotency;

/**
 * What a client gives a request to repeat it safely.
 *
 * @param domainId of the caller, as is userId: everybody has keys of their own
 * @param key the value of the header {@code Idempotency-Key}
 */
public record IdempotencyKey(String domainId, String userId, String key) {}
