package io.opsflow.queryside.feed;

import io.opsflow.queryside.consistency.Held;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries parked events again, aggregate by aggregate and in portions: however many there are, whoever does it may do
 * something else in between. What is not tried to its end is tried by whoever takes up the partition next. For one thread.
 */
final class Resumption {

    private final FeedTransactions readModel;
    private final Set<String> waiting = new LinkedHashSet<>();

    /** Of those that wait: of these it is not known yet what can be read by now. */
    private final Set<String> unread = new LinkedHashSet<>();

    Resumption(FeedTransactions readModel) {
        this.readModel = readModel;
    }

    /** @param aggregateIds or keys under which something is parked */
    void add(Collection<String> aggregateIds) {
        waiting.addAll(aggregateIds);
        unread.addAll(aggregateIds);
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    /**
     * Tries one portion. Where the database fails it is tried again, after all others.
     *
     * @return the rows that it changed, as they are now
     */
    List<Held> next() {
        String aggregateId = waiting.iterator().next();
        waiting.remove(aggregateId);
        try {
            if (unread.contains(aggregateId)) {
                waiting.addAll(readModel.readAgain(aggregateId));
                unread.remove(aggregateId);
            }
            FeedTransactions.Resumed resumed = readModel.resume(aggregateId);
            if (resumed.hasMore()) {
                waiting.add(aggregateId);
            }
            return resumed.changed();
        } catch (RuntimeException e) {
            waiting.add(aggregateId);
            throw e;
        }
    }

    /** Tries them all. */
    void finish() {
        while (!isDone()) {
            List<Held> unused = next();
        }
    }
}
