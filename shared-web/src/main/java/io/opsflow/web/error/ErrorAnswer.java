package io.opsflow.web.error;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.error.ErrorCode;
import io.opsflow.api.json.Json;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answer {@code {"detail": {"code", "message"}}} to a request that failed, and what the log says about it.
 *
 * @param refusal what the caller reads
 * @param cause what really happened; never shown to the caller
 */
public record ErrorAnswer(ApiException refusal, @Nullable Throwable cause) {

    private static final String ATTRIBUTE = ErrorAnswer.class.getName();

    /** An answer that says all there is to say. */
    public static ErrorAnswer to(ApiException refusal) {
        return new ErrorAnswer(refusal, refusal);
    }

    /** The answer that was given to this request, if there was one. */
    public static @Nullable ErrorAnswer of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ErrorAnswer answer ? answer : null;
    }

    /** The code that a request which fails by this exception is answered with. */
    public static ErrorCode codeOf(Throwable failure) {
        return Failures.answer(failure).code();
    }

    public ErrorCode code() {
        return refusal.code();
    }

    /** What nobody foresaw, to be logged with its stack trace; null for all else. */
    public @Nullable Throwable bug() {
        return code() == ErrorCode.ERROR_UNKNOWN ? cause : null;
    }

    /** In one line, why the service is unavailable; null where it is not. */
    public @Nullable String outage() {
        return code() == ErrorCode.ERROR_UNAVAILABLE && cause != null
                ? cause.toString().lines().findFirst().orElse("")
                : null;
    }

    /** Writes the answer and sends it off; only remembers it where another answer is on its way already. */
    public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(ATTRIBUTE, this);
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(refusal.status());
        if (code() == ErrorCode.ERROR_UNAVAILABLE) {
            response.setHeader("Retry-After", "1");
        }
        byte[] body =
                Json.write(new Body(new Detail(code(), refusal.message()))).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        // Before the rest of a body that is too large is read: many a client reads the answer while it sends.
        response.flushBuffer();
    }

    private record Body(Detail detail) {}

    private record Detail(ErrorCode code, String message) {}
}
