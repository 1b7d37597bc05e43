package io.opsflow.queryside.projection;

import io.opsflow.api.event.EventRecord;
import org.jspecify.annotations.Nullable;

/** An event on its way into the read model. */
public interface Delivery {

    /** Whose event it is; of what cannot be read, all that is known. */
    String aggregateId();

    /** Null where the record cannot be read; then {@link #problem()} says why. */
    @Nullable
    EventRecord event();

    /** Why it cannot be read; empty where it can. */
    String problem();
}
