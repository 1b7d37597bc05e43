package io.opsflow.commandside.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opsflow.commandside.relay.RelayProgress.Progress;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the relay is, told alike by every process, whichever it runs on; and how it fares, told by that one.
 * What cannot be asked is not a number.
 */
final class RelayMeters implements MeterBinder {

    private final Relay relay;
    private final TopicVerdict topic;
    private final RelayProgress progress;

    RelayMeters(Relay relay, TopicVerdict topic, RelayProgress progress) {
        this.relay = relay;
        this.topic = topic;
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        gauge(meters, "opsflow.store.position", "the last event in the store", Progress::head);
        gauge(meters, "opsflow.relay.position", "the last event that the broker has", Progress::position);
        gauge(meters, "opsflow.relay.lag.events", "events the broker does not have yet", Progress::lag);
        Gauge.builder("opsflow.relay.lag", progress, asked -> of(asked.current(), Progress::lagSeconds))
                .description("how long ago the first event happened that the broker does not have")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("opsflow.relay.waiting", relay, asked -> asked.waiting().toMillis() / 1000.0)
                .description("how long this process's relay has been waiting for the broker")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("opsflow.relay.stopped", this, asked -> asked.standsStill() ? 1 : 0)
                .description("whether the relay stands still for a reason that this process's log tells")
                .register(meters);
        Gauge.builder("opsflow.store.doubt", topic, asked -> asked.doubt() == null ? 0 : 1)
                .description("whether nothing is appended, as the topic is ahead of the event store")
                .register(meters);
    }

    private boolean standsStill() {
        return topic.problem() != null || relay.problem() != null;
    }

    private void gauge(MeterRegistry meters, String name, String description, ToDoubleFunction<Progress> value) {
        Gauge.builder(name, progress, asked -> of(asked.current(), value))
                .description(description)
                .register(meters);
    }

    private static double of(@Nullable Progress current, ToDoubleFunction<Progress> value) {
        return current == null ? Double.NaN : value.applyAsDouble(current);
    }
}
