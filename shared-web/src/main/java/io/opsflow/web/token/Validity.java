package io.opsflow.web.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;

/** When a token counts: from {@code nbf}, where there is one, until just before {@code exp}. */
record Validity(Instant from, Instant until) {

    /** @throws InvalidToken for a token without end */
    static Validity of(JWTClaimsSet claims) {
        Date begin = claims.getNotBeforeTime();
        Date end = claims.getExpirationTime();
        if (end == null) {
            throw InvalidToken.invalidOrExpired();
        }
        return new Validity(begin == null ? Instant.MIN : begin.toInstant(), end.toInstant());
    }

    boolean covers(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
