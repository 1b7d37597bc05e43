package io.opsflow.commandside.eventstore;

import io.opsflow.commandside.eventstore.idempotency.AnsweredRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one command adds to the store, all of it or nothing.
 *
 * @param events of one aggregate, with sequences that follow each other; none where the command changed nothing
 * @param versions what the decision rests on: the ids and versions of its own aggregate and of others
 * @param decisions how often somebody had said what to trust when it began to be decided
 * @param guards rules to be checked with it
 * @param answer to be remembered for repeats of the request; null where it has no key
 */
record Append(
        List<StoredEvent> events,
        Map<String, Long> versions,
        long decisions,
        List<AppendGuard> guards,
        @Nullable AnsweredRequest answer) {

    boolean creates(String aggregateId) {
        return !events.isEmpty()
                && events.getFirst().sequence() == 0
                && events.getFirst().aggregateId().equals(aggregateId);
    }

    /** Characters of its events: about what it takes in memory and on its way. */
    int size() {
        return events.stream()
                .mapToInt(event -> event.payload().length() + event.metadata().length())
                .sum();
    }
}
