package io.opsflow.commandside.eventstore;

import java.time.Instant;
import java.util.UUID;

/** A row of the store but for its place and its hash: what the one who emitted it decided. */
record StoredEvent(
        String aggregateType,
        String aggregateId,
        long sequence,
        UUID eventId,
        String name,
        int revision,
        Instant occurredAt,
        EventScope scope,
        String payload,
        String metadata) {}
