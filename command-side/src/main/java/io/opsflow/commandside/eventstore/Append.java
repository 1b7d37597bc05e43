package io.opsflow.commandside.eventstore;

import java.util.List;
import java.util.Map;

/**
 * What one command adds to the store, all of it or nothing.
 *
 * @param events of one aggregate, with sequences that follow each other
 * @param readVersions what the decision rests on: ids and versions of other aggregates
 * @param guards rules to be checked with it
 */
record Append(List<StoredEvent> events, Map<String, Long> readVersions, List<AppendGuard> guards) {}
