package io.opsflow.api.event;

import java.time.Instant;

/** Something that happened to one aggregate. Implementations are records of primitives, additive only and for ever. */
public interface DomainEvent {

    /** The id of the task, category or type it happened to. */
    String aggregateId();

    /** When it happened, in whole milliseconds; never before the same aggregate's previous event. */
    Instant at();
}
