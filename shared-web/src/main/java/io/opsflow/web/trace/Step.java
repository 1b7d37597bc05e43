package io.opsflow.web.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** Something under way that a trace tells of, once it has ended. */
public final class Step {

    /** What nobody wants to hear of. */
    public static final Step NONE = new Step(null, null);

    private final @Nullable Tracer tracer;
    private final @Nullable Span span;

    Step(@Nullable Tracer tracer, @Nullable Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    /** Its place in the trace; empty where there is none. */
    public String traceparent() {
        return span == null ? "" : Traceparent.of(span.context());
    }

    public Step tag(String name, String value) {
        if (span != null) {
            span.tag(name, value);
        }
        return this;
    }

    public Step tag(String name, long value) {
        if (span != null) {
            span.tag(name, value);
        }
        return this;
    }

    /** Runs something as this step's: what it logs carries the trace, what it begins stands below. */
    public void run(Runnable work) {
        if (tracer == null) {
            work.run();
            return;
        }
        Tracer.SpanInScope scope = tracer.withSpan(span);
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    public void end() {
        if (span != null) {
            span.end();
        }
    }
}
