package io.opsflow.commandside.eventstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsflow.web.meter.Durations;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** What appends are measured by: transactions, each with the commands that share it. */
final class AppendMeters {

    private final Timer committed;
    private final Timer failed;
    private final DistributionSummary commands;
    private final Counter events;

    /** @param waiting commands that wait for a transaction to share */
    AppendMeters(MeterRegistry meters, Collection<?> waiting) {
        committed = timer(meters, "committed");
        failed = timer(meters, "failed");
        commands = DistributionSummary.builder("opsflow.append.commands")
                .description("commands that share a transaction")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(meters);
        events = Counter.builder("opsflow.append.events")
                .description("events that were appended")
                .register(meters);
        Gauge.builder("opsflow.append.waiting", waiting, Collection::size)
                .description("commands that wait for their append")
                .register(meters);
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Durations.timer("opsflow.append", "transactions that append")
                .tag("outcome", outcome)
                .register(meters);
    }

    void committed(int commandsInIt, int eventsInIt, long nanos) {
        committed.record(nanos, TimeUnit.NANOSECONDS);
        commands.record(commandsInIt);
        events.increment(eventsInIt);
    }

    void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }
}
