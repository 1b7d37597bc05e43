package io.opsflow.web.token;

import io.opsflow.api.caller.Caller;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;

/**
 * What is left of a token once it is verified, and what that still depends on.
 *
 * @param domain whose keys count
 * @param key the one that signed it
 */
record VerifiedToken(Caller caller, String domain, RSAPublicKey key, Validity validity) {

    /** Whether it would be verified once more, now and with these keys of its domain. */
    boolean holds(Instant now, List<RSAPublicKey> keys) {
        return validity.covers(now) && keys.contains(key);
    }
}
