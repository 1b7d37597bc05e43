package io.opsflow.embedded;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an identity service would be: a key pair for each domain, made when the domain is first named, and access tokens
 * signed with it (RS256, 2048 bits). Safe for use by several threads.
 */
public final class EmbeddedIdentity {

    private static final int KEY_BITS = 2048;
    private static final String SUFFIX = ".jwks";
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final @Nullable Path directory;
    private final Clock clock;
    private final Map<String, List<RSAKey>> keys = new TreeMap<>();

    private EmbeddedIdentity(@Nullable Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** An identity whose keys are gone with it. */
    public static EmbeddedIdentity create() {
        return new EmbeddedIdentity(null, Clock.systemUTC());
    }

    /** An identity that keeps its private keys in this directory (0700), a file (0600) a domain. */
    public static EmbeddedIdentity at(Path directory) {
        EmbeddedIdentity identity = new EmbeddedIdentity(PrivateFiles.directory(directory), Clock.systemUTC());
        identity.load();
        return identity;
    }

    /** The public keys of all domains as a JWK set; a key's {@code kid} is its domain. */
    public synchronized String jwks() {
        List<JWK> all = keys.values().stream().<JWK>flatMap(List::stream).toList();
        return new JWKSet(all).toString(true);
    }

    /** Writes {@link #jwks()} to a file, replacing it as a whole, and returns that file. */
    public Path writeJwks(Path file) {
        return PrivateFiles.write(file, jwks());
    }

    /** Gives the domain one more key, which signs from now on; the older ones stay in the set under the same {@code kid}. */
    public synchronized EmbeddedIdentity addKey(String domainId) {
        if (!DOMAIN.matcher(domainId).matches()) {
            throw new IllegalArgumentException("Not a domain id: " + domainId);
        }
        List<RSAKey> domain = keys.computeIfAbsent(domainId, id -> new ArrayList<>());
        domain.add(newKey(domainId));
        if (directory != null) {
            PrivateFiles.write(directory.resolve(domainId + SUFFIX), new JWKSet(List.copyOf(domain)).toString(false));
        }
        return this;
    }

    /** Starts an access token of this domain, which gets a key if it has none. */
    public TokenBuilder token(String domainId) {
        signingKey(domainId);
        return new TokenBuilder(this, domainId, clock.instant());
    }

    synchronized RSAKey signingKey(String domainId) {
        if (!keys.containsKey(domainId)) {
            addKey(domainId);
        }
        return keys.get(domainId).getLast();
    }

    private static RSAKey newKey(String domainId) {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyID(domainId)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                List<RSAKey> domain = JWKSet.load(file.toFile()).getKeys().stream()
                        .map(JWK::toRSAKey)
                        .toList();
                keys.put(domain.getFirst().getKeyID(), new ArrayList<>(domain));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("A key file in " + directory + " is damaged", e);
        }
    }
}
