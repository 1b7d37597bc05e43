package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in the store, whoever wrote it.
 *
 * @param event null where a column holds what no event ever has, such as null
 * @param hash empty where there is none
 */
record FoundRow(long globalIndex, @Nullable StoredEvent event, byte[] hash) {}
