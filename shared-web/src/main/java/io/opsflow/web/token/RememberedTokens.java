package io.opsflow.web.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tokens that were verified, known again by their SHA-256, so that a caller costs one RSA operation and not one a
 * request. The token itself is not kept, and a refused one is not remembered: strangers could fill the memory with them.
 */
final class RememberedTokens {

    /** Of all tokens together; what is kept of one is about as long as its text. */
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private final Cache<ByteBuffer, Remembered> byHash = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((ByteBuffer hash, Remembered remembered) -> remembered.length())
            .build();
    private final Predicate<VerifiedToken> holds;

    private record Remembered(VerifiedToken token, int length) {}

    /** @param holds whether a token that was good once is still: asked at every use */
    RememberedTokens(Predicate<VerifiedToken> holds) {
        this.holds = holds;
    }

    /** The token as it was verified before, else as it is now; what the verification throws, nobody remembers. */
    VerifiedToken get(String token, Function<String, VerifiedToken> verification) {
        ByteBuffer hash = hash(token);
        Remembered known = byHash.getIfPresent(hash);
        if (known != null && holds.test(known.token())) {
            return known.token();
        }
        byHash.invalidate(hash);
        VerifiedToken verified = verification.apply(token);
        byHash.put(hash, new Remembered(verified, token.length()));
        return verified;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
