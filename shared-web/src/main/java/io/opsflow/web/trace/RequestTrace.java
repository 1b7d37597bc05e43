package io.opsflow.web.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opsflow.web.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Remembers the trace of a request for the line that is logged when its trace is over already. */
public final class RequestTrace extends OncePerRequestFilter {

    /** The key of a trace's id in log lines. */
    public static final String LOG_KEY = "trace_id";

    private static final String ATTRIBUTE = RequestTrace.class.getName();

    private final Tracer tracer;

    RequestTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The id of a request's trace; empty where it has none. */
    public static String id(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "";
    }

    /** The id of the trace that a request comes from, as its {@code traceparent} says; empty where that is none. */
    public static String idIn(@Nullable String traceparent) {
        return traceparent == null ? "" : Traceparent.traceId(traceparent);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Span span = tracer.currentSpan();
        if (span != null) {
            request.setAttribute(ATTRIBUTE, span.context().traceId());
            span.tag("opsflow.request_id", RequestId.current());
        }
        chain.doFilter(request, response);
    }
}
