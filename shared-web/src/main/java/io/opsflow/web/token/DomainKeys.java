package io.opsflow.web.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.opsflow.web.setting.WrongSetting;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of each domain: those whose {@code kid} is its id. The set is read at the start, then as often as its
 * source asks for, and for a domain that is not in it. While it cannot be read, the last good one stays.
 */
final class DomainKeys implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DomainKeys.class);

    private final KeySource source;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jwks").factory());
    private volatile Map<String, List<RSAPublicKey>> keys;
    private Instant lastUnknown = Instant.MIN;

    /** @throws WrongSetting if the set cannot be read now */
    DomainKeys(KeySource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.keys = first(source);
        warnIfEmpty();
        long period = source.every().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::readAgain, period, period, TimeUnit.MILLISECONDS);
    }

    /** All keys that may have signed a token of this domain. */
    List<RSAPublicKey> of(String domain) {
        List<RSAPublicKey> known = keys.get(domain);
        return known != null ? known : lookFor(domain);
    }

    private List<RSAPublicKey> lookFor(String domain) {
        reading.lock();
        try {
            // Another thread may have read the set while this one waited.
            if (!keys.containsKey(domain) && !clock.instant().isBefore(nextLook())) {
                lastUnknown = clock.instant();
                readAgain();
            }
        } finally {
            reading.unlock();
        }
        return keys.getOrDefault(domain, List.of());
    }

    private Instant nextLook() {
        return lastUnknown == Instant.MIN ? Instant.MIN : lastUnknown.plus(source.pause());
    }

    private void readAgain() {
        reading.lock();
        try {
            Optional<String> changed = source.readIfChanged();
            if (changed.isPresent()) {
                keys = parse(changed.get());
                warnIfEmpty();
            }
        } catch (IOException | ParseException | RuntimeException e) {
            // Also what nobody expects: the timer never runs again what threw once.
            log.warn("The JWK set {} cannot be read again, the last good one stays: {}", source, e.toString());
        } finally {
            reading.unlock();
        }
    }

    /** It counts nevertheless: to take all keys out is to refuse every token. */
    private void warnIfEmpty() {
        if (keys.isEmpty()) {
            log.warn("The JWK set {} holds no RSA key with a kid: no token is accepted", source);
        }
    }

    /** @throws WrongSetting for a file that cannot be read, or is no JWK set; a URL is asked when the service starts */
    static void requireIfFile(KeySource source) {
        if (source instanceof FileKeySource) {
            first(source);
        }
    }

    private static Map<String, List<RSAPublicKey>> first(KeySource source) {
        try {
            return parse(source.readIfChanged().orElseThrow());
        } catch (IOException e) {
            throw new WrongSetting("OPSFLOW_JWKS names %s, which cannot be read (%s).".formatted(source, reason(e)));
        } catch (ParseException e) {
            throw new WrongSetting("OPSFLOW_JWKS names %s, which is no JWK set.".formatted(source));
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static Map<String, List<RSAPublicKey>> parse(String json) throws ParseException {
        Map<String, List<RSAPublicKey>> byDomain = new HashMap<>();
        for (JWK key : JWKSet.parse(json).getKeys()) {
            if (key instanceof RSAKey rsa && signsTokens(rsa)) {
                byDomain.computeIfAbsent(rsa.getKeyID(), id -> new ArrayList<>())
                        .add(publicKey(rsa));
            }
        }
        byDomain.replaceAll((domain, domainKeys) -> List.copyOf(domainKeys));
        return Map.copyOf(byDomain);
    }

    private static boolean signsTokens(RSAKey key) {
        return key.getKeyID() != null
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256));
    }

    private static RSAPublicKey publicKey(RSAKey key) throws ParseException {
        try {
            return key.toRSAPublicKey();
        } catch (JOSEException e) {
            throw new ParseException(e.getMessage(), 0);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
