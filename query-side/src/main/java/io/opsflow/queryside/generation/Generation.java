package io.opsflow.queryside.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One filling of the read model's tables.
 *
 * @param schema where its tables are now
 * @param requestedBy who asked for it: a user's id, or the service itself
 * @param liveSince null while it is built
 */
public record Generation(
        long id,
        String schema,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant liveSince) {}
