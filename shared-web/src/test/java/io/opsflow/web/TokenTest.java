package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.opsflow.api.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenTest extends FaceTest {

    private static final String INVALID = "Token is invalid or expired.";

    @Test
    void aGoodTokenSaysWhoIsCalling() {
        HttpResponse<String> response = create(owner().own("APP")
                .projects(List.of("project-1"))
                .permissions(List.of("opsflow:Task"))
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode caller = Json.mapper().readTree(response.body()).get("caller");
        assertThat(caller.toString()).isEqualTo("""
                        {"role":"WORKSPACE_OWNER","kind":"APP","user_id":"ann","domain_id":"domain-a",\
                        "workspace_id":"workspace-1","projects":["project-1"],"permissions":["opsflow:Task"]}""");
    }

    @Test
    void theAudienceMayBeAListOfOne() {
        assertThat(create(owner().claim("aud", List.of("ann")).build()).statusCode())
                .isEqualTo(200);
        assertRefused(owner().claim("aud", List.of("ann", "ben")).build(), INVALID);
        assertRefused(owner().without("aud").build(), INVALID);
    }

    @Test
    void withoutATokenThereIsNoAnswer() {
        for (String path :
                List.of(CREATE, "/opsflow/task/create", "/opsflow/v1/nothing", "/opsflow", "/admin", "/admin/x")) {
            HttpResponse<String> response = send(path, r -> r.POST(json("{}")));
            assertUnauthenticated(response, "empty token provided.");
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer    ", "Basic YTpi", "DPoP abc", "Bearerabc"})
    void anAuthorizationWithoutABearerTokenIsNone(String header) {
        assertUnauthenticated(
                send(CREATE, r -> r.header("Authorization", header).POST(json("{}"))), "empty token provided.");
    }

    @Test
    void aTokenInTheQueryStringIsNone() {
        String query = "?access_token=" + owner().build();
        assertUnauthenticated(send(CREATE + query, r -> r.POST(json("{}"))), "empty token provided.");
        assertThat(asOwner(CREATE + query, r -> r.POST(json("{\"task_name\": \"a\"}")))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"garbage", "a.b.c", "a.b", "..", "....", "e30.e30.e30", "\"", "{}", "null", "e30.bnVsbA.e30"})
    void garbageCannotBeDecoded(String garbage) {
        HttpResponse<String> response = create(garbage);
        assertUnauthenticated(response, "failed to decode token.");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer error=\"invalid_token\", error_description=\"failed to decode token.\"");
    }

    @Test
    void aDeeplyNestedTokenCannotBeDecoded() {
        String header = encoded("{\"alg\":\"RS256\"}");
        String claims = encoded("{\"did\":" + "[".repeat(6_000) + "]".repeat(6_000) + "}");
        assertUnauthenticated(create(header + "." + claims + ".AAAA"), "failed to decode token.");
    }

    @Test
    void anUnsignedTokenIsInvalid() throws Exception {
        PlainJWT unsigned = new PlainJWT(claimsOf(owner().build()));
        assertRefused(unsigned.serialize(), INVALID);
        for (String none : List.of("None", "NONE", "RS1", "")) {
            assertRefused(encoded("{\"alg\":\"" + none + "\"}") + "." + payloadOf(owner().build()) + ".AAAA", INVALID);
        }
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() throws Exception {
        byte[] publicKey = JWKSet.parse(identity.jwks())
                .getKeyByKeyId("domain-a")
                .toRSAKey()
                .toRSAPublicKey()
                .getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(publicKey, pem.getBytes(StandardCharsets.US_ASCII))) {
            SignedJWT forged = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(JOSEObjectType.JWT)
                            .build(),
                    claimsOf(owner().build()));
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize(), INVALID);
        }
    }

    @Test
    void changedClaimsBreakTheSignature() {
        String[] parts = owner().build().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = encoded(claims.replace("WORKSPACE_OWNER", "DOMAIN_ADMIN"));
        assertRefused(parts[0] + "." + changed + "." + parts[2], INVALID);
        assertRefused(parts[0] + "." + parts[1] + "." + "AAAA", INVALID);
        assertRefused(parts[0] + "." + parts[1] + ".", "failed to decode token.");
    }

    @Test
    void aTokenEndsWhenItExpires() {
        assertRefused(owner().expiresIn(Duration.ofSeconds(-1)).build(), INVALID);
        assertRefused(owner().expiresIn(Duration.ZERO).build(), INVALID);
        assertRefused(owner().without("exp").build(), INVALID);
        assertRefused(
                owner().claim("nbf", System.currentTimeMillis() / 1000 + 600).build(), INVALID);
    }

    @Test
    void onlyVersionTwoCounts() {
        String wrong = "invalid token version.";
        assertRefused(owner().version("1.0").build(), wrong);
        assertRefused(owner().without("ver").build(), wrong);
        assertRefused(owner().claim("ver", 2.0).build(), wrong);
        // What is not signed is not looked at.
        assertRefused(owner().version("1.0").signedBy("domain-b").build(), INVALID);
    }

    @Test
    void aTokenNamesItsDomain() {
        assertRefused(owner().without("did").build(), "empty domain_id provided.");
        assertRefused(owner().claim("did", "").build(), "empty domain_id provided.");
        assertRefused(owner().claim("did", 5).build(), INVALID);
    }

    @Test
    void oneDomainsKeyNeverSignsForAnother() {
        assertRefused(owner().signedBy("domain-b").build(), INVALID);
        assertRefused(owner().claim("did", "domain-b").build(), INVALID);
        assertRefused(owner().claim("did", "domain-unknown").build(), INVALID);
    }

    @Test
    void onlyAccessTokensOfTheIdentityServiceCount() {
        assertRefused(owner().claim("typ", "REFRESH_TOKEN").build(), INVALID);
        assertRefused(owner().without("typ").build(), INVALID);
        assertRefused(owner().claim("iss", "somebody").build(), INVALID);
        assertRefused(owner().without("iss").build(), INVALID);
    }

    @Test
    void claimsThatMakeNoSenseAreInvalid() {
        for (Map.Entry<String, Object> claim : List.<Map.Entry<String, Object>>of(
                Map.entry("rol", "EMPEROR"),
                Map.entry("rol", 1),
                Map.entry("own", "NOBODY"),
                Map.entry("wid", 7),
                Map.entry("wid", ""),
                Map.entry("aud", " "),
                Map.entry("permissions", "opsflow:Task"),
                Map.entry("permissions", List.of(1)),
                Map.entry("projects", Map.of("a", 1)))) {
            assertRefused(owner().claim(claim.getKey(), claim.getValue()).build(), INVALID);
        }
        assertRefused(owner().without("rol").build(), INVALID);
        assertRefused(owner().without("own").build(), INVALID);
    }

    @Test
    void claimsThatNoDatabaseCanKeepAreInvalid() {
        assertRefused(owner().user("a\0b").build(), INVALID);
        assertRefused(owner().workspace("\0").build(), INVALID);
        assertRefused(owner().projects(List.of("project-1", "a\0")).build(), INVALID);
        assertThat(create(owner().user("\ud83d\ude00").build()).statusCode()).isEqualTo(200);
    }

    @Test
    void claimsThatAreTooLongForAKeyAreInvalid() {
        String longest = "\u00e9".repeat(127) + "e";
        assertThat(create(owner().user(longest).workspace(longest).build()).statusCode())
                .isEqualTo(200);
        assertRefused(owner().user(longest + "e").build(), INVALID);
        assertRefused(owner().workspace(longest + "e").build(), INVALID);
        assertRefused(owner().projects(List.of(longest + "e")).build(), INVALID);
        assertRefused(owner().permissions(List.of(longest + "e")).build(), INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WORKSPACE_OWNER", "WORKSPACE_MEMBER"})
    void aWorkspacesPeopleNeedAWorkspace(String role) {
        assertRefused(identity.token("domain-a").role(role).user("ann").build(), INVALID);
    }

    @Test
    void theSystemSpeaksFromTheRootDomainOnly() {
        assertThat(create(identity.token("domain-root")
                                .role("SYSTEM_ADMIN")
                                .user("root")
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(create(identity.token("domain-root")
                                .role("DOMAIN_ADMIN")
                                .own("SYSTEM")
                                .user("root")
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertRefused(
                identity.token("domain-a").role("SYSTEM_ADMIN").user("root").build(), INVALID);
        assertRefused(
                identity.token("domain-a")
                        .role("DOMAIN_ADMIN")
                        .own("SYSTEM")
                        .user("root")
                        .build(),
                INVALID);
    }

    @Test
    void aUserIsKnownAndMayNothing() {
        HttpResponse<String> response =
                create(identity.token("domain-a").role("USER").user("ann").build());
        assertRefused(response, 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
    }

    private void assertRefused(String token, String reason) {
        assertUnauthenticated(create(token), reason);
    }

    private static void assertUnauthenticated(HttpResponse<String> response, String reason) {
        assertRefused(response, 401, "ERROR_AUTHENTICATE_FAILURE", "Authenticate failure. (message = " + reason + ")");
    }

    private static JWTClaimsSet claimsOf(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static Base64URL payloadOf(String token) {
        return new Base64URL(token.split("\\.")[1]);
    }

    private static String encoded(String json) {
        return Base64URL.encode(json).toString();
    }
}
