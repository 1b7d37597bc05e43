package io.opsflow.commandside.eventstore;

/**
 * An event in its place.
 *
 * @param globalIndex from 1, without holes
 * @param hash of the chain, up to and including this event
 */
record AppendedEvent(long globalIndex, StoredEvent event, byte[] hash) {}
