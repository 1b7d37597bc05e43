package io.opsflow.web;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The id of the request that this thread is answering: the client's {@code X-Request-Id} where it is 1 to 64 of
 * {@code A-Z a-z 0-9 . _ -}, else a new one. Every response carries it, and every log line under the key
 * {@code request_id}.
 */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    public static final String LOG_KEY = "request_id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** Empty outside of a request. */
    public static String current() {
        String id = MDC.get(LOG_KEY);
        return id == null ? "" : id;
    }

    static String acceptOrMake(@Nullable String sent) {
        return sent != null && ACCEPTABLE.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }
}
