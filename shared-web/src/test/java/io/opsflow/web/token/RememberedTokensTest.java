package io.opsflow.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberedTokensTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final String UNKNOWN = "domain-unknown";

    private final EmbeddedIdentity identity = EmbeddedIdentity.create().addKey("domain-a");
    private final AtomicReference<String> jwks = new AtomicReference<>(identity.jwks());
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final DomainKeys keys = new DomainKeys(new Served(), now::get);
    private final Tokens tokens = new Tokens(keys, "domain-root", now::get);

    /** Read only when somebody asks for an unknown domain, and then every time. */
    private final class Served implements KeySource {
        @Override
        public Optional<String> readIfChanged() {
            return Optional.of(jwks.get());
        }

        @Override
        public Duration every() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }
    }

    @BeforeEach
    void count() {
        CountingRsa.install();
    }

    @AfterEach
    void stop() {
        CountingRsa.remove();
        keys.close();
    }

    @Test
    void aTokenIsVerifiedOnce() {
        String ann = owner("ann").build();
        String ben = owner("ben").build();
        for (int i = 0; i < 3; i++) {
            assertThat(tokens.verify(ann).getPrincipal().userId()).isEqualTo("ann");
            assertThat(tokens.verify(ben).getPrincipal().userId()).isEqualTo("ben");
        }
        assertThat(CountingRsa.verifications()).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsVerifiedEveryTime() {
        String old = owner("ann").version("1.0").build();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> tokens.verify(old)).isInstanceOf(InvalidToken.class);
        }
        assertThat(CountingRsa.verifications()).isEqualTo(3);
    }

    @Test
    void aRememberedTokenEndsWhenItExpires() {
        String token = owner("ann").claim("exp", Date.from(NOW.plusSeconds(60))).build();
        tokens.verify(token);
        now.set(NOW.plusSeconds(60).minusMillis(1));
        assertThat(tokens.verify(token).getPrincipal().userId()).isEqualTo("ann");
        assertThat(CountingRsa.verifications()).isEqualTo(1);

        now.set(NOW.plusSeconds(60));
        assertRefused(token);
    }

    @Test
    void aRememberedTokenDoesNotCountBeforeItBegins() {
        String token = owner("ann").claim("nbf", Date.from(NOW)).build();
        tokens.verify(token);
        now.set(NOW.minusSeconds(1));
        assertRefused(token);
    }

    @Test
    void withAKeyGoTheTokensThatItSigned() {
        String token = owner("ann").build();
        tokens.verify(token);
        serve(EmbeddedIdentity.create().addKey("domain-a"));
        assertRefused(token);
    }

    @Test
    void withADomainGoItsTokens() {
        String token = owner("ann").build();
        tokens.verify(token);
        serve(EmbeddedIdentity.create().addKey("domain-b"));
        assertRefused(token);
    }

    @Test
    void aFurtherKeyLeavesTheOldOnesTokens() {
        String token = owner("ann").build();
        tokens.verify(token);
        serve(identity.addKey("domain-a"));
        assertThat(tokens.verify(token).getPrincipal().userId()).isEqualTo("ann");
        assertThat(CountingRsa.verifications()).isEqualTo(1);
    }

    @Test
    void anotherSignatureUnderTheSameClaimsIsAnotherToken() {
        String token = owner("ann").build();
        tokens.verify(token);
        String claims = token.substring(0, token.lastIndexOf('.') + 1);
        assertRefused(claims + "AAAA");
    }

    private TokenBuilder owner(String user) {
        return identity.token("domain-a")
                .role("WORKSPACE_OWNER")
                .workspace("workspace-1")
                .user(user);
    }

    private void serve(EmbeddedIdentity other) {
        jwks.set(other.jwks());
        assertThat(keys.of(UNKNOWN)).isEmpty();
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> tokens.verify(token))
                .isInstanceOf(InvalidToken.class)
                .hasMessage("Token is invalid or expired.");
    }
}
