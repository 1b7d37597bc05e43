package io.opsflow.queryside.generation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Which generation there is to read and how far the next one is, told alike by every process: asked of the database, at
 * most once a second. What cannot be asked is not a number.
 */
public final class GenerationMeters implements MeterBinder {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final Generations generations;
    private @Nullable State known;
    private long askedAt;

    /**
     * @param building null where none is built
     * @param progress null before a builder has said anything
     */
    private record State(
            boolean isLive,
            @Nullable Generation building,
            @Nullable BuildProgress progress) {

        /** 0 for none, 1 for waiting for a builder, then a number for each phase. */
        int phase() {
            if (building == null) {
                return 0;
            }
            return progress == null ? 1 : 2 + progress.phase().ordinal();
        }

        long events() {
            return progress == null ? 0 : progress.events();
        }

        long eventsTotal() {
            return progress == null ? 0 : progress.eventsTotal();
        }

        double silence() {
            if (building == null) {
                return 0;
            }
            Instant last = progress == null ? building.requestedAt() : progress.reportedAt();
            return Math.max(0, Duration.between(last, Instant.now()).toMillis() / 1000.0);
        }
    }

    public GenerationMeters(Generations generations) {
        this.generations = generations;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "opsflow.readmodel.live", "whether there is a read model to read", state -> state.isLive ? 1 : 0);
        gauge(
                meters,
                "opsflow.rebuild.phase",
                "0 for no rebuild, 1 waiting for a builder, 2 loading, 3 indexing, 4 catching up",
                State::phase);
        gauge(meters, "opsflow.rebuild.events", "events that the rebuild has applied", State::events);
        gauge(
                meters,
                "opsflow.rebuild.topic.events",
                "events on the topic, as the rebuild counted them",
                State::eventsTotal);
        Gauge.builder("opsflow.rebuild.silence", this, asked -> asked.value(State::silence))
                .description("how long ago the rebuild's builder said something; one that works does every second")
                .baseUnit("seconds")
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<State> value) {
        Gauge.builder(name, this, asked -> asked.value(value))
                .description(description)
                .register(meters);
    }

    private double value(ToDoubleFunction<State> value) {
        State state = current();
        return state == null ? Double.NaN : value.applyAsDouble(state);
    }

    private synchronized @Nullable State current() {
        long now = System.nanoTime();
        if (askedAt == 0 || now - askedAt > GOOD_FOR.toNanos()) {
            known = ask();
            askedAt = now;
        }
        return known;
    }

    private @Nullable State ask() {
        try {
            Optional<Generation> building = generations.building();
            return new State(
                    generations.isLive(),
                    building.orElse(null),
                    building.flatMap(generations::progress).orElse(null));
        } catch (DataAccessException | TransactionException e) {
            return null;
        }
    }
}
