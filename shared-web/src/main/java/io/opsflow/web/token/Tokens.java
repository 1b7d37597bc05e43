package io.opsflow.web.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.opsflow.api.caller.Caller;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.InstantSource;

/**
 * Turns an access token into the caller it speaks for. The domain it claims chooses the keys, so a domain's key is good
 * for that domain's tokens only; nothing else in it is believed before its signature is verified.
 */
final class Tokens {

    private static final String VERSION = "2.0";

    private final DomainKeys keys;
    private final String rootDomain;
    private final InstantSource clock;
    private final RememberedTokens remembered = new RememberedTokens(this::holds);

    Tokens(DomainKeys keys, String rootDomain, InstantSource clock) {
        this.keys = keys;
        this.rootDomain = rootDomain;
        this.clock = clock;
    }

    /** @throws InvalidToken with the contract's words, the first that apply */
    CallerAuthentication verify(String token) {
        VerifiedToken verified = remembered.get(token, this::verified);
        return new CallerAuthentication(
                verified.caller(), new TokenLife(verified.validity().until(), () -> holds(verified)));
    }

    /** Asked of the keys as they are now: with a key go all tokens that it signed. */
    private boolean holds(VerifiedToken token) {
        return token.holds(clock.instant(), keys.of(token.domain()));
    }

    private VerifiedToken verified(String token) {
        JWT jwt = decode(token);
        JWTClaimsSet claims = claims(jwt);
        String domain = domain(claims);
        RSAPublicKey key = signer(jwt, domain);
        Validity validity = Validity.of(claims);
        if (!validity.covers(clock.instant())) {
            throw InvalidToken.invalidOrExpired();
        }
        if (!VERSION.equals(claims.getClaim("ver"))) {
            throw new InvalidToken("invalid token version.");
        }
        Caller caller = Claims.caller(claims, domain);
        if (Claims.isOfTheSystem(caller) && !domain.equals(rootDomain)) {
            throw InvalidToken.invalidOrExpired();
        }
        return new VerifiedToken(caller, domain, key, validity);
    }

    private static JWT decode(String token) {
        try {
            return JWTParser.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw InvalidToken.undecodable();
        }
    }

    private static JWTClaimsSet claims(JWT jwt) {
        try {
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (claims != null) {
                return claims;
            }
        } catch (ParseException | IllegalArgumentException e) {
            // as below
        }
        throw InvalidToken.undecodable();
    }

    private static String domain(JWTClaimsSet claims) {
        Object did = claims.getClaim("did");
        if (did == null || did.equals("")) {
            throw new InvalidToken("empty domain_id provided.");
        }
        if (did instanceof String domain) {
            return domain;
        }
        throw InvalidToken.invalidOrExpired();
    }

    /** The key of its domain that signed it. */
    private RSAPublicKey signer(JWT token, String domain) {
        // Looked at before the keys: a public key must never come to serve as the secret of an HMAC.
        if (!(token instanceof SignedJWT signed)
                || !JWSAlgorithm.RS256.equals(signed.getHeader().getAlgorithm())) {
            throw InvalidToken.invalidOrExpired();
        }
        return keys.of(domain).stream()
                .filter(key -> isSignedWith(key, signed))
                .findFirst()
                .orElseThrow(InvalidToken::invalidOrExpired);
    }

    private static boolean isSignedWith(RSAPublicKey key, SignedJWT token) {
        try {
            return token.verify(new RSASSAVerifier(key));
        } catch (JOSEException e) {
            return false; // a header or key that RS256 has no use for
        }
    }
}
