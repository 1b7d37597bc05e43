package io.opsflow.embedded;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An access token in the making. Unless told otherwise: {@code iss} spaceone.identity, {@code typ} ACCESS_TOKEN,
 * {@code own} USER, {@code ver} 2.0, valid for one hour from now, signed by its own domain's newest key.
 */
public final class TokenBuilder {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final EmbeddedIdentity identity;
    private final Instant now;
    private final Map<String, Object> claims = new TreeMap<>();
    private String signer;

    TokenBuilder(EmbeddedIdentity identity, String domainId, Instant now) {
        this.identity = identity;
        this.signer = domainId;
        this.now = now;
        claim("iss", "spaceone.identity").claim("typ", "ACCESS_TOKEN").claim("did", domainId);
        claim("iat", Date.from(now)).expiresIn(LIFETIME).own("USER").version("2.0");
    }

    /** {@code rol}: SYSTEM_ADMIN, DOMAIN_ADMIN, WORKSPACE_OWNER, WORKSPACE_MEMBER or USER. */
    public TokenBuilder role(String role) {
        return claim("rol", role);
    }

    /** {@code wid}. */
    public TokenBuilder workspace(String workspaceId) {
        return claim("wid", workspaceId);
    }

    /** {@code aud}: the id of the user or app, a string in the token. */
    public TokenBuilder user(String userId) {
        return claim("aud", userId);
    }

    /** {@code own}: USER, APP or SYSTEM. */
    public TokenBuilder own(String ownerType) {
        return claim("own", ownerType);
    }

    /** {@code projects}: all that a member may see. */
    public TokenBuilder projects(List<String> projectIds) {
        return claim("projects", List.copyOf(projectIds));
    }

    /** {@code permissions}: prefixes such as {@code opsflow:Task.read}. */
    public TokenBuilder permissions(List<String> permissions) {
        return claim("permissions", List.copyOf(permissions));
    }

    /** {@code exp}, counted from now; a negative duration makes an expired token. */
    public TokenBuilder expiresIn(Duration lifetime) {
        return claim("exp", Date.from(now.plus(lifetime)));
    }

    /** {@code ver}. */
    public TokenBuilder version(String version) {
        return claim("ver", version);
    }

    /** Any claim, also a wrong one. */
    public TokenBuilder claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    /** Leaves out a claim. */
    public TokenBuilder without(String claim) {
        claims.remove(claim);
        return this;
    }

    /** Signs with another domain's key, as a forger would. */
    public TokenBuilder signedBy(String otherDomainId) {
        this.signer = otherDomainId;
        return this;
    }

    /** The signed token, in its compact form. */
    public String build() {
        JWTClaimsSet.Builder body = new JWTClaimsSet.Builder();
        claims.forEach(body::claim);
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), body.build());
        try {
            token.sign(new RSASSASigner(identity.signingKey(signer)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
