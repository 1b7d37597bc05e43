package io.opsflow.web.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Begins the steps of traces. A step's place travels as text, the W3C {@code traceparent}: in the metadata of commands
 * and events, and in the header of records. Steps hold what things are called and how many there were, never content.
 */
public final class Traces {

    /** The name of that text, wherever it travels. */
    public static final String PARENT = "traceparent";

    /** Without a collector: every step is {@link Step#NONE}, and no place is known. */
    public static final Traces OFF = new Traces(null);

    /** An event that is older is the past being read again: its trace was over long ago. */
    private static final Duration LONGEST_TRACE = Duration.ofHours(1);

    private final @Nullable Tracer tracer;

    Traces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    public boolean areOn() {
        return tracer != null;
    }

    /** Begins a step below the one this thread is in, or a trace of its own where it is in none. */
    public Step begin(String name) {
        return tracer == null ? Step.NONE : begin(tracer, tracer.spanBuilder().name(name));
    }

    /** Begins a step below the one of a traceparent; {@link Step#NONE} where that is empty or none. */
    public Step below(String parent, String name) {
        return below(parent, name, Hop.WITHIN);
    }

    /** As {@link #below(String, String)}, of an event's way from process to process. */
    public Step ofEvent(String parent, Instant occurredAt, String name, Hop hop) {
        boolean isOver = occurredAt.isBefore(Instant.now().minus(LONGEST_TRACE));
        return isOver ? Step.NONE : below(parent, name, hop);
    }

    private Step below(String parent, String name, Hop hop) {
        Span.Builder span = tracer == null ? null : builder(tracer, parent, name, hop);
        return tracer == null || span == null ? Step.NONE : begin(tracer, span);
    }

    private static Span.@Nullable Builder builder(Tracer tracer, String parent, String name, Hop hop) {
        TraceContext context = Traceparent.read(parent, tracer);
        if (context == null) {
            return null;
        }
        Span.Builder span = tracer.spanBuilder().setParent(context).name(name);
        return switch (hop) {
            case WITHIN -> span;
            case OUT -> span.kind(Span.Kind.PRODUCER);
            case IN -> span.kind(Span.Kind.CONSUMER);
        };
    }

    private static Step begin(Tracer tracer, Span.Builder span) {
        return new Step(tracer, span.start());
    }

    /** Whether a step leaves its process. */
    public enum Hop {
        WITHIN,
        OUT,
        IN
    }
}
