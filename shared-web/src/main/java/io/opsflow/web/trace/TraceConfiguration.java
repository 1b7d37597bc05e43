package io.opsflow.web.trace;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Traces, where {@code OPSFLOW_OTLP_ENDPOINT} names a collector; else {@link Traces#OFF} and nothing more. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
@EnableConfigurationProperties(OtlpSettings.class)
public class TraceConfiguration {

    @Bean
    Traces traces(ObjectProvider<Tracer> tracer) {
        Tracer found = tracer.getIfAvailable();
        return found == null ? Traces.OFF : new Traces(found);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(TraceDefaults.TRACES)
    static class WithACollector {

        /** In log lines, as request_id is. */
        @Bean
        Slf4JEventListener traceIdsInLogLines() {
            return new Slf4JEventListener(RequestTrace.LOG_KEY, "span_id");
        }

        /** Health and metrics are asked for every few seconds, and say nothing that a trace could add to. */
        @Bean
        SpanExportingPredicate noTracesOfWatching() {
            return span -> !span.getTags().getOrDefault("uri", "").startsWith("/actuator")
                    && !span.getTags().getOrDefault("uri", "").equals("/check");
        }

        /** Behind the filter that begins the trace, in front of all others. */
        @Bean
        @ConditionalOnWebApplication(type = Type.SERVLET)
        FilterRegistrationBean<RequestTrace> requestTrace(Tracer tracer) {
            FilterRegistrationBean<RequestTrace> filter = new FilterRegistrationBean<>(new RequestTrace(tracer));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
            return filter;
        }
    }
}
