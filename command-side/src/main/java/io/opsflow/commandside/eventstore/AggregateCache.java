package io.opsflow.commandside.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What has become of the aggregates in recent use, so that not every command reads their events again. Bounded by about
 * what they take in memory. Other nodes may have written since: whoever decides by what comes out of it tells the
 * {@link AppendCondition}, which has the last word.
 */
public final class AggregateCache {

    private static final int OVERHEAD = 500;

    private final Cache<String, Cached<?>> cache;

    /**
     * @param version the number of the last event it knows
     * @param size about what it takes in memory, in bytes
     */
    public record Cached<S>(S state, long version, int size) {}

    AggregateCache(DataSize size) {
        cache = Caffeine.newBuilder()
                .maximumWeight(size.toBytes())
                .weigher((String id, Cached<?> cached) -> cached.size() + OVERHEAD)
                .build();
    }

    /** A state that nobody changes; null where it is not there. */
    public <S> @Nullable Cached<S> get(String aggregateId, Class<S> type) {
        return as(type, cache.getIfPresent(aggregateId));
    }

    /** As {@link #get}, of a state that its one user may change: nobody else finds it until it is put back. */
    <S> @Nullable Cached<S> take(String aggregateId, Class<S> type) {
        return as(type, cache.asMap().remove(aggregateId));
    }

    public void put(String aggregateId, Cached<?> cached) {
        cache.put(aggregateId, cached);
    }

    void forget(String aggregateId) {
        cache.invalidate(aggregateId);
    }

    private static <S> @Nullable Cached<S> as(Class<S> type, @Nullable Cached<?> cached) {
        return cached == null ? null : new Cached<>(type.cast(cached.state()), cached.version(), cached.size());
    }
}
