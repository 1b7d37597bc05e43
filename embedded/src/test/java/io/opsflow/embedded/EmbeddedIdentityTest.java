package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIdentityTest {

    private static final String DOMAIN = "domain-0123456789ab";
    private static final String OTHER = "domain-ba9876543210";

    private final EmbeddedIdentity identity = EmbeddedIdentity.create();

    @Test
    void aTokenSaysWhatTheIdentityServiceWouldSay() throws Exception {
        String token = identity.token(DOMAIN)
                .role("WORKSPACE_MEMBER")
                .workspace("workspace-0123456789ab")
                .user("kim@example.com")
                .projects(List.of("project-0123456789ab"))
                .permissions(List.of("opsflow:Task.read"))
                .build();
        Map<String, Object> claims = claims(token);
        assertThat(claims)
                .containsEntry("iss", "spaceone.identity")
                .containsEntry("typ", "ACCESS_TOKEN")
                .containsEntry("own", "USER")
                .containsEntry("did", DOMAIN)
                .containsEntry("wid", "workspace-0123456789ab")
                .containsEntry("aud", "kim@example.com")
                .containsEntry("rol", "WORKSPACE_MEMBER")
                .containsEntry("ver", "2.0")
                .containsEntry("projects", List.of("project-0123456789ab"))
                .containsEntry("permissions", List.of("opsflow:Task.read"))
                .doesNotContainKey("sub");
        assertThat((Long) claims.get("exp") - (Long) claims.get("iat")).isEqualTo(3_600);
        assertThat(SignedJWT.parse(token).getHeader().toJSONObject()).isEqualTo(Map.of("alg", "RS256"));
    }

    @Test
    void claimsCanBeWrongAndMissing() throws Exception {
        String token = identity.token(DOMAIN)
                .claim("typ", "REFRESH_TOKEN")
                .version("1.0")
                .expiresIn(Duration.ofMinutes(-1))
                .without("did")
                .build();
        assertThat(claims(token))
                .containsEntry("typ", "REFRESH_TOKEN")
                .containsEntry("ver", "1.0")
                .doesNotContainKey("did");
    }

    @Test
    void theSetHoldsPublicKeysUnderTheirDomainsName() throws Exception {
        String token = identity.token(DOMAIN).build();
        identity.token(OTHER).build();
        assertThat(identity.jwks()).doesNotContain("\"d\"").doesNotContain("\"p\"");
        assertThat(publicKeys(identity, DOMAIN)).hasSize(1).allSatisfy(key -> {
            assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
            assertThat(key.getAlgorithm().getName()).isEqualTo("RS256");
            assertThat(key.size()).isEqualTo(2048);
        });
        assertThat(isSignedBy(token, publicKeys(identity, DOMAIN).getFirst())).isTrue();
        assertThat(isSignedBy(token, publicKeys(identity, OTHER).getFirst())).isFalse();
    }

    @Test
    void aForgedTokenIsSignedByTheOtherDomain() throws Exception {
        String token = identity.token(DOMAIN).signedBy(OTHER).build();
        assertThat(claims(token)).containsEntry("did", DOMAIN);
        assertThat(isSignedBy(token, publicKeys(identity, DOMAIN).getFirst())).isFalse();
        assertThat(isSignedBy(token, publicKeys(identity, OTHER).getFirst())).isTrue();
    }

    @Test
    void afterARotationTheNewestKeySignsAndTheOldOneStays() throws Exception {
        identity.token(DOMAIN).build();
        identity.addKey(DOMAIN);
        List<JWK> keys = publicKeys(identity, DOMAIN);
        assertThat(keys).hasSize(2);
        assertThat(isSignedBy(identity.token(DOMAIN).build(), keys.getLast())).isTrue();
    }

    @Test
    void keysAreKeptForTheirOwnerAlone(@TempDir Path directory) throws Exception {
        Path home = directory.resolve("keys");
        EmbeddedIdentity first = EmbeddedIdentity.at(home).addKey(DOMAIN).addKey(DOMAIN);
        EmbeddedIdentity second = EmbeddedIdentity.at(home);
        assertThat(second.jwks()).isEqualTo(first.jwks());
        assertThat(isSignedBy(
                        second.token(DOMAIN).build(), publicKeys(first, DOMAIN).getLast()))
                .isTrue();
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve(DOMAIN + ".jwks"))).isEqualTo("rw-------");
    }

    @Test
    void theSetCanBeReadFromAFile(@TempDir Path directory) throws Exception {
        identity.addKey(DOMAIN);
        Path file = identity.writeJwks(directory.resolve("jwks.json"));
        assertThat(Files.readString(file)).isEqualTo(identity.jwks());
    }

    @Test
    void aDomainIdIsNoPath() {
        assertThatIllegalArgumentException().isThrownBy(() -> identity.token("../domain"));
    }

    /** As they stand in the token: a claims set would turn a single audience into a list. */
    private static Map<String, Object> claims(String token) throws Exception {
        return JSONObjectUtils.parse(SignedJWT.parse(token).getPayload().toString());
    }

    private static List<JWK> publicKeys(EmbeddedIdentity identity, String domainId) throws Exception {
        return JWKSet.parse(identity.jwks()).getKeys().stream()
                .filter(key -> domainId.equals(key.getKeyID()))
                .toList();
    }

    private static boolean isSignedBy(String token, JWK key) throws Exception {
        return SignedJWT.parse(token).verify(new RSASSAVerifier(key.toRSAKey()));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
