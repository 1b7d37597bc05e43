package io.opsflow.commandside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import io.opsflow.commandside.eventstore.idempotency.IdempotencyKey;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes something.
 *
 * @param verb resource and verb, e.g. {@code task/update}
 * @param ifMatch the header's value, null where there is none; as is idempotencyKey
 */
record Write(
        String verb,
        Members body,
        Caller caller,
        @Nullable String ifMatch,
        @Nullable String idempotencyKey) {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,255}");

    /**
     * Null where the client gave no key.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER for a key that is none
     */
    @Nullable
    KeyedRequest keyed() {
        if (idempotencyKey == null) {
            return null;
        }
        if (!PRINTABLE.matcher(idempotencyKey).matches()) {
            throw ApiException.invalid(IDEMPOTENCY_KEY, "1 to 255 printable ASCII characters");
        }
        return new KeyedRequest(new IdempotencyKey(caller.domainId(), caller.userId(), idempotencyKey), hash());
    }

    /**
     * Null where any version will do.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER for a header that is no list of entity tags
     */
    @Nullable
    ExpectedVersions expected() {
        return IfMatch.read(ifMatch);
    }

    private String hash() {
        String request = verb + "\n" + (ifMatch == null ? "" : ifMatch) + "\n" + body.canonical();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
