package io.opsflow.commandside.eventstore.idempotency;

/**
 * A request that was answered with 200. The answer can be made again: it tells of an aggregate at a version.
 */
public record AnsweredRequest(KeyedRequest request, String aggregateId, long version) {}
