package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.commandside.eventstore.AggregateCache.Cached;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class AggregateCacheTest {

    private static final int SIZE = 9_500;

    private final AggregateCache cache = new AggregateCache(DataSize.ofKilobytes(1_000));

    @Test
    void whatWasJustCreatedIsFoundHoweverManyWereCreatedBefore() {
        for (int i = 0; i < 10_000; i++) {
            cache.put("task-" + i, cached("created"), 0);
            if (i >= 32) {
                String before = "task-" + (i - 32);
                assertThat(cache.take(before, String.class)).isNotNull();
                cache.put(before, cached("changed"), 0);
            }
        }
    }

    @Test
    void itHoldsNoMoreThanItsSizeAndForgetsWhatWasUsedLongestAgo() {
        cache.put("category", cached("first"), 0);
        for (int i = 0; i < 1_000; i++) {
            cache.put("task-" + i, cached("later"), 0);
            assertThat(cache.get("category", String.class)).isNotNull();
        }

        assertThat(cache.get("task-0", String.class)).isNull();
        assertThat(cache.get("task-999", String.class)).isNotNull();
        long held = 0;
        for (int i = 0; i < 1_000; i++) {
            if (cache.get("task-" + i, String.class) != null) {
                held++;
            }
        }
        assertThat(held).isBetween(100L, 102L);
    }

    @Test
    void whatIsLargerThanAllIsNotKept() {
        cache.put("huge", new Cached<>("", 0, 2_000_000), 0);

        assertThat(cache.get("huge", String.class)).isNull();
    }

    @Test
    void oneUserTakesWhatItMayChange() {
        cache.put("task-1", cached("state"), 0);

        assertThat(cache.take("task-1", String.class)).isNotNull();
        assertThat(cache.take("task-1", String.class)).isNull();
    }

    @Test
    void whatIsOfAnotherTypeIsNotFound() {
        cache.put("category-1", cached("state"), 0);

        assertThat(cache.get("category-1", Integer.class)).isNull();
        assertThat(cache.get("category-1", String.class)).isNotNull();
    }

    @Test
    void nothingStaysOrComesBackOfWhatWasReadBeforeSomebodySaidWhatToTrust() {
        cache.put("task-1", cached("before"), 0);
        cache.seen(1);
        assertThat(cache.get("task-1", String.class)).isNull();

        cache.put("task-1", cached("before"), 0);
        assertThat(cache.get("task-1", String.class)).isNull();

        cache.put("task-1", cached("after"), 1);
        cache.put("task-1", cached("before"), 0);
        cache.seen(1);
        assertThat(cache.get("task-1", String.class)).isEqualTo(cached("after"));
    }

    private static Cached<String> cached(String state) {
        return new Cached<>(state, 0, SIZE);
    }
}
