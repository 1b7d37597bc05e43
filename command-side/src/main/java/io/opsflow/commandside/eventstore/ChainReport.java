package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * What a walk along the hash chain found.
 *
 * @param events how many there are
 * @param head the last one's index; 0 where there is none
 * @param headHash the hash that stands there, lowercase hex; zeros where there is none
 * @param breaks at how many places an event does not follow from the one before it
 * @param firstBreak what happened at the first of them, as far as the rows tell; null where the chain is whole
 */
public record ChainReport(
        long events,
        long head,
        String headHash,
        long breaks,
        @Nullable String firstBreak) {}
