package io.opsflow.commandside.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.web.meter.Durations;
import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.RetryScheduler;

/**
 * Sends commands and measures each from here to its result, with all the races it lost in between. Where traces are told
 * it is a step of one, and its events carry the step's place in their metadata.
 */
final class MeasuredGateway extends DefaultCommandGateway {

    private final MeterRegistry meters;
    private final Traces traces;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(Class<?> command, CommandOutcome outcome) {}

    MeasuredGateway(CommandBus bus, RetryScheduler retries, MeterRegistry meters, Traces traces) {
        super(builder().commandBus(bus).retryScheduler(retries));
        this.meters = meters;
        this.traces = traces;
    }

    @Override
    @SuppressWarnings("unchecked") // a message of Axon's stands for its payload
    public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
        CommandMessage<C> message = GenericCommandMessage.asCommandMessage(command);
        Class<?> type = message.getPayloadType();
        Step step = step(message);
        long began = System.nanoTime();
        CommandCallback<C, R> measured = (sent, result) -> {
            CommandOutcome outcome = CommandOutcome.of(result);
            timers.computeIfAbsent(new Kind(type, outcome), this::timer)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            step.tag("outcome", outcome.word()).end();
            callback.onResult(sent, result);
        };
        step.run(() -> super.send((C) within(step, message), measured));
    }

    /** Below the step of the event that the command follows from, where it says so, else below that of the request. */
    private Step step(CommandMessage<?> command) {
        if (!traces.areOn()) {
            return Step.NONE;
        }
        String name = "command " + command.getPayloadType().getSimpleName();
        return command.getMetaData().get(EventMetadata.TRACEPARENT) instanceof String cause
                ? traces.below(cause, name)
                : traces.begin(name);
    }

    private static CommandMessage<?> within(Step step, CommandMessage<?> command) {
        String place = step.traceparent();
        return place.isEmpty() ? command : command.andMetaData(Map.of(EventMetadata.TRACEPARENT, place));
    }

    private Timer timer(Kind kind) {
        return Durations.timer("opsflow.command", "commands, from being sent to being answered")
                .tag("command", kind.command().getSimpleName())
                .tag("outcome", kind.outcome().word())
                .register(meters);
    }
}
