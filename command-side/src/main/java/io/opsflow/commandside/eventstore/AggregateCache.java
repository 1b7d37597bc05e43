package io.opsflow.commandside.eventstore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What has become of the aggregates in recent use, so that not every command reads their events again. Bounded by about
 * what they take in memory. Other processes may have written since: whoever decides by what comes out of it tells the
 * {@link AppendCondition}, which has the last word.
 *
 * <p>What was read before somebody said what to trust may be what a restored store does not have, at a version that it
 * has another event at. So the cache is emptied then, and takes nothing more from whoever began before.
 *
 * <p>What was used last stays, and nothing else counts: a task is worth most when it was just created. A cache that
 * weighs how often something was asked for, as Caffeine does, turns new ones away once it is full (decision 13).
 */
public final class AggregateCache {

    private static final int OVERHEAD = 500;

    private final long mostBytes;
    private final Map<String, Cached<?>> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long decisions;

    /**
     * @param version the number of the last event it knows
     * @param size about what it takes in memory, in bytes
     */
    public record Cached<S>(S state, long version, int size) {
        private long weight() {
            return (long) size + OVERHEAD;
        }
    }

    AggregateCache(DataSize size) {
        mostBytes = size.toBytes();
    }

    /** A state that nobody changes; null where it is not there. */
    public synchronized <S> @Nullable Cached<S> get(String aggregateId, Class<S> type) {
        return as(type, byUse.get(aggregateId));
    }

    /** As {@link #get}, of a state that its one user may change: nobody else finds it until it is put back. */
    <S> @Nullable Cached<S> take(String aggregateId, Class<S> type) {
        return as(type, remove(aggregateId));
    }

    /** @param decisions as {@link AppendCondition#decisions} of the command that it comes from */
    public synchronized void put(String aggregateId, Cached<?> cached, long decisions) {
        if (decisions < this.decisions) {
            return;
        }
        remove(aggregateId);
        byUse.put(aggregateId, cached);
        bytes += cached.weight();
        Iterator<Cached<?>> oldest = byUse.values().iterator();
        while (bytes > mostBytes) {
            bytes -= oldest.next().weight();
            oldest.remove();
        }
    }

    void forget(String aggregateId) {
        remove(aggregateId);
    }

    /** How often somebody has said what to trust, as far as this process knows. */
    synchronized long decisions() {
        return decisions;
    }

    /** To be told of each look at the store; where somebody has said anew what to trust, nothing stays. */
    synchronized void seen(long decisions) {
        if (decisions > this.decisions) {
            this.decisions = decisions;
            byUse.clear();
            bytes = 0;
        }
    }

    private synchronized @Nullable Cached<?> remove(String aggregateId) {
        Cached<?> removed = byUse.remove(aggregateId);
        if (removed != null) {
            bytes -= removed.weight();
        }
        return removed;
    }

    /** Null where it is of another type: a caller may name any id where one of a category is asked for. */
    private static <S> @Nullable Cached<S> as(Class<S> type, @Nullable Cached<?> cached) {
        return cached == null || !type.isInstance(cached.state())
                ? null
                : new Cached<>(type.cast(cached.state()), cached.version(), cached.size());
    }
}
