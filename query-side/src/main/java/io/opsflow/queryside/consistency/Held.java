package io.opsflow.queryside.consistency;

import io.opsflow.api.caller.Caller;
import java.util.function.Predicate;

/**
 * A row of the read model, also one of what was deleted.
 *
 * @param version the number of the last event it holds
 * @param visibleTo whether a caller may see it, deleted or not
 */
public record Held(String id, long version, Predicate<Caller> visibleTo) {}
