package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.opentelemetry.api.OpenTelemetry;
import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Where no collector is configured; StartTest has one, and the tests of standalone read what it is told. */
class TraceTest extends FaceTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Autowired
    ApplicationContext context;

    @Autowired
    Traces traces;

    @Test
    void withoutACollectorNothingIsMadeForTraces() {
        assertThat(context.getBeansOfType(Tracer.class)).isEmpty();
        assertThat(context.getBeansOfType(OpenTelemetry.class)).isEmpty();
        assertThat(context.getBeansOfType(TracingObservationHandler.class)).isEmpty();
    }

    @Test
    void withoutACollectorNoStepIsBegun() {
        assertThat(traces).isSameAs(Traces.OFF);
        assertThat(traces.areOn()).isFalse();
        assertThat(traces.begin("command")).isSameAs(Step.NONE);
        assertThat(traces.below(PARENT, "append")).isSameAs(Step.NONE);
        assertThat(traces.ofEvent(PARENT, Instant.now(), "relay", Traces.Hop.OUT))
                .isSameAs(Step.NONE);
        assertThat(Step.NONE.traceparent()).isEmpty();
    }
}
