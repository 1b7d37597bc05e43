package io.opsflow.queryside.generation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a build has come.
 *
 * @param events applied so far
 * @param eventsTotal that are on the topic
 * @param eventsPerSecond since its builder took it up; null before that can be told
 */
public record BuildProgress(
        Phase phase,
        long events,
        long eventsTotal,
        @Nullable Double eventsPerSecond,
        Instant reportedAt) {

    /** Until all events are applied, at the rate so far; null where that cannot be told. */
    public @Nullable Long secondsLeft() {
        return eventsPerSecond == null || eventsPerSecond <= 0
                ? null
                : (long) Math.ceil((eventsTotal - events) / eventsPerSecond);
    }

    /** What is done to a generation before it is read, in this order. */
    public enum Phase {
        LOADING,
        INDEXING,
        CATCHING_UP
    }

    @Override
    public String toString() {
        return "%s, %,d of %,d events%s"
                .formatted(
                        phase.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        events,
                        eventsTotal,
                        eventsPerSecond == null
                                ? ""
                                : ", %,.0f a second, %s seconds left".formatted(eventsPerSecond, secondsLeft()));
    }
}
