package io.opsflow.web.trace;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a step stands in its trace, as text: the header {@code traceparent} of W3C's Trace Context. */
final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE = 3;
    private static final int SPAN = 36;
    private static final int FLAGS = 53;

    private Traceparent() {}

    static String of(TraceContext context) {
        String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-%s-%s-%s".formatted(context.traceId(), context.spanId(), flags);
    }

    /** Null for what is no such text. */
    static @Nullable TraceContext read(String text, Tracer tracer) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        return tracer.traceContextBuilder()
                .traceId(traceId(text))
                .spanId(text.substring(SPAN, FLAGS - 1))
                .sampled(isSampled(text))
                .build();
    }

    /** Empty for what is no such text. */
    static String traceId(String text) {
        return FORM.matcher(text).matches() ? text.substring(TRACE, SPAN - 1) : "";
    }

    /** The last bit of the flags. */
    private static boolean isSampled(String text) {
        return Character.digit(text.charAt(text.length() - 1), 16) % 2 == 1;
    }
}
