package io.opsflow.commandside.taskref;

import java.util.function.Supplier;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * How a processor fares in this process. Its worst is DEGRADED, a status that the whole does not take over: every rule
 * holds without it, commands are served.
 */
final class ProcessorHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final EventProcessingConfiguration processors;
    private final String name;
    private final Supplier<@Nullable String> problem;

    /** @param problem what the handlers know to keep them from going on; null where nothing does */
    ProcessorHealth(EventProcessingConfiguration processors, String name, Supplier<@Nullable String> problem) {
        this.processors = processors;
        this.name = name;
        this.problem = problem;
    }

    @Override
    public Health health() {
        StreamingEventProcessor processor =
                processors.eventProcessor(name, StreamingEventProcessor.class).orElseThrow();
        Health.Builder health = Health.up();
        if (!processor.isRunning()) {
            health.status(DEGRADED).withDetail("problem", "it was stopped");
        } else if (processor.isError()) {
            health.status(DEGRADED).withDetail("problem", "it failed and will try again, the log says why");
        }
        String known = problem.get();
        if (known != null) {
            health.status(DEGRADED).withDetail("problem", known);
        }
        processor
                .processingStatus()
                .values()
                .forEach(segment ->
                        segment.getCurrentPosition().ifPresent(position -> health.withDetail("position", position)));
        return health.build();
    }
}
