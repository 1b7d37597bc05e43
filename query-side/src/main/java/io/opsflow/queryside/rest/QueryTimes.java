package io.opsflow.queryside.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsflow.web.Verb;
import io.opsflow.web.meter.Durations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Measures the reading verbs of this side, from the reading of a request to the writing of its answer; what a read
 * waited for to be consistent is in it. Streams of events are none of them.
 */
@Component
class QueryTimes implements HandlerInterceptor, WebMvcConfigurer {

    private static final String BEGAN = QueryTimes.class.getName();

    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(Verb verb, String outcome) {}

    QueryTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/opsflow/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isRead = handler instanceof HandlerMethod method
                && method.getBeanType().getPackage() == QueryTimes.class.getPackage();
        if (isRead && request.getMethod().equals("POST")) {
            request.setAttribute(BEGAN, System.nanoTime());
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(BEGAN) instanceof Long began) {
            Kind kind = new Kind(Verb.of(request), outcome(response.getStatus()));
            timers.computeIfAbsent(kind, this::timer).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    private static String outcome(int status) {
        if (status < 400) {
            return "done";
        }
        if (status < 500) {
            return "refused";
        }
        return status == 503 ? "unavailable" : "failed";
    }

    private Timer timer(Kind kind) {
        return Durations.timer("opsflow.query", "reads, from the request to the answer")
                .tag("resource", kind.verb().resource())
                .tag("verb", kind.verb().name())
                .tag("outcome", kind.outcome())
                .register(meters);
    }
}
