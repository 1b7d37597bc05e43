package io.opsflow.web.token;

import org.springframework.security.core.AuthenticationException;

/** A token that is refused, for a reason in the contract's words. */
final class InvalidToken extends AuthenticationException {

    private final String reason;

    InvalidToken(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** For all that the contract has no words of its own for: strangers need not know more. */
    static InvalidToken invalidOrExpired() {
        return new InvalidToken("Token is invalid or expired.");
    }

    static InvalidToken undecodable() {
        return new InvalidToken("failed to decode token.");
    }

    String reason() {
        return reason;
    }
}
