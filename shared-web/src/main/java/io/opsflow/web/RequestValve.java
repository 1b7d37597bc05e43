package io.opsflow.web;

import io.opsflow.web.error.ErrorAnswer;
import io.opsflow.web.token.CallerResolver;
import io.opsflow.web.trace.RequestTrace;
import io.opsflow.web.trace.Traces;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The outermost step of every request: gives it its id, and writes one line where it failed. It is a valve and no
 * filter because Tomcat refuses some requests before any filter sees them, and those have ids and lines too.
 */
final class RequestValve extends ValveBase {

    private static final Logger log = LoggerFactory.getLogger(RequestValve.class);

    private static final String ID = RequestValve.class.getName() + ".id";
    private static final String START = RequestValve.class.getName() + ".start";
    private static final int MAX_PATH = 200;

    /** A token at the wrong place; see {@link io.opsflow.web.token}. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_.-]+");

    /** What is known of a request in each line that is written meanwhile. */
    private static final List<String> LOG_KEYS =
            List.of(RequestId.LOG_KEY, CallerResolver.LOG_KEY, RequestTrace.LOG_KEY);

    RequestValve() {
        super(true);
    }

    /** Also called for each later dispatch of an asynchronous request. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!(request.getAttribute(ID) instanceof String)) {
            request.setAttribute(ID, RequestId.acceptOrMake(request.getHeader(RequestId.HEADER)));
            request.setAttribute(START, System.nanoTime());
        }
        String id = String.valueOf(request.getAttribute(ID));
        response.setHeader(RequestId.HEADER, id);
        MDC.put(RequestId.LOG_KEY, id);
        putIfKnown(RequestTrace.LOG_KEY, RequestTrace.idIn(request.getHeader(Traces.PARENT)));
        try {
            getNext().invoke(request, response);
            if (!request.isAsync()) {
                logFailure(request, response.getStatus());
            }
        } finally {
            LOG_KEYS.forEach(MDC::remove);
        }
    }

    private static void logFailure(Request request, int status) {
        ErrorAnswer answer = ErrorAnswer.of(request);
        Throwable bug = answer == null ? null : answer.bug();
        if (status < 400 && bug == null) {
            return;
        }
        putIfKnown(CallerResolver.LOG_KEY, CallerResolver.domain(request));
        putIfKnown(RequestTrace.LOG_KEY, RequestTrace.id(request));
        LoggingEventBuilder line = log.atLevel(level(status, bug))
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", shortened(request.getRequestURI()))
                .addKeyValue("status", status)
                .addKeyValue("code", answer == null ? "" : answer.code())
                .addKeyValue("duration_ms", millisecondsSince(request.getAttribute(START)));
        if (answer != null && answer.outage() != null) {
            line = line.addKeyValue("cause", answer.outage());
        }
        if (bug != null) {
            line = line.setCause(bug);
        }
        line.log("Request failed");
    }

    private static void putIfKnown(String key, String value) {
        if (!value.isEmpty()) {
            MDC.put(key, value);
        }
    }

    private static Level level(int status, @Nullable Throwable bug) {
        if (bug != null || status == 500) {
            return Level.ERROR;
        }
        return status > 500 ? Level.WARN : Level.INFO;
    }

    private static long millisecondsSince(@Nullable Object start) {
        return start instanceof Long nanos
                ? Duration.ofNanos(System.nanoTime() - nanos).toMillis()
                : 0;
    }

    private static String shortened(@Nullable String path) {
        if (path == null) {
            return "";
        }
        String safe = TOKEN.matcher(path).replaceAll("<token>");
        return safe.length() <= MAX_PATH ? safe : safe.substring(0, MAX_PATH) + "...";
    }
}
