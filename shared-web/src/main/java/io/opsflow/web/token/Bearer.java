package io.opsflow.web.token;

import io.opsflow.api.error.ApiException;
import io.opsflow.web.error.ErrorAnswer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** The bearer scheme of HTTP: where a token stands in a request, and how one is asked for. */
final class Bearer {

    private static final String SCHEME = "Bearer";

    private Bearer() {}

    /** The token of the Authorization header, the only place that counts; null where there is none. */
    static @Nullable BearerTokenAuthenticationToken token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1)) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : new BearerTokenAuthenticationToken(token);
    }

    /** Answers 401, in the contract's words and in those of RFC 6750. */
    static void ask(HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
            throws IOException {
        String reason = problem instanceof InvalidToken invalid ? invalid.reason() : "empty token provided.";
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                problem instanceof InvalidToken
                        ? "%s error=\"invalid_token\", error_description=\"%s\"".formatted(SCHEME, reason)
                        : SCHEME);
        ErrorAnswer.to(ApiException.unauthenticated(reason)).write(request, response);
    }
}
