package io.opsflow.web.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.web.setting.WrongSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class DomainKeysTest {

    private final EmbeddedIdentity identity = EmbeddedIdentity.create().addKey("domain-a");
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<String> served = new AtomicReference<>(identity.jwks());
    private final AtomicReference<String> redirect = new AtomicReference<>("");
    private final AtomicBoolean stalls = new AtomicBoolean();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @TempDir
    Path directory;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            reads.incrementAndGet();
            if (stalls.get()) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                return; // without its end, and with the connection open
            }
            if (!redirect.get().isEmpty()) {
                exchange.getResponseHeaders().add("Location", redirect.get());
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] body = served.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void severalKeysMayShareADomain() {
        served.set(identity.addKey("domain-a").jwks());
        try (DomainKeys keys = fromUrl()) {
            assertThat(keys.of("domain-a")).hasSize(2);
            assertThat(keys.of("domain-b")).isEmpty();
        }
    }

    @Test
    void anUnknownDomainIsLookedForAtMostOnceAMinute() {
        try (DomainKeys keys = fromUrl()) {
            served.set(identity.addKey("domain-b").jwks());
            assertThat(keys.of("domain-b")).hasSize(1);
            assertThat(reads).hasValue(2);

            served.set(identity.addKey("domain-c").jwks());
            now.set(now.get().plusSeconds(59));
            assertThat(keys.of("domain-c")).isEmpty();
            assertThat(reads).hasValue(2);

            now.set(now.get().plusSeconds(1));
            assertThat(keys.of("domain-c")).hasSize(1);
            assertThat(reads).hasValue(3);
        }
    }

    @Test
    void aKnownDomainIsNotLookedFor() {
        try (DomainKeys keys = fromUrl()) {
            keys.of("domain-a");
            assertThat(reads).hasValue(1);
        }
    }

    @Test
    void theLastGoodSetStays() {
        try (DomainKeys keys = fromUrl()) {
            for (String bad : new String[] {"", "no JSON", "{}", "{\"keys\": [{\"kty\": \"RSA\"}]}"}) {
                served.set(bad);
                now.set(now.get().plusSeconds(60));
                assertThat(keys.of("domain-b")).isEmpty();
                assertThat(keys.of("domain-a")).hasSize(1);
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aSetThatHasBecomeEmptyTakesEveryKeyBackAndIsWarnedOf(CapturedOutput output) {
        try (DomainKeys keys = fromUrl()) {
            assertThat(output).doesNotContain("no token is accepted");
            served.set("{\"keys\": []}");
            assertThat(keys.of("domain-b")).isEmpty();
            assertThat(keys.of("domain-a")).isEmpty();
        }
        assertThat(output).containsOnlyOnce("holds no RSA key with a kid: no token is accepted");
    }

    @Test
    void theSetIsReadAgainFromTimeToTimeWhateverGoesWrong() {
        KeySource source = new KeySource() {
            @Override
            public Optional<String> readIfChanged() {
                if (reads.incrementAndGet() == 2) {
                    throw new UncheckedIOException(new IOException("Too many open files"));
                }
                return Optional.of(served.get());
            }

            @Override
            public Duration every() {
                return Duration.ofMillis(5);
            }

            @Override
            public Duration pause() {
                return Duration.ofDays(1);
            }
        };
        try (DomainKeys keys = new DomainKeys(source, now::get)) {
            assertThat(keys.of("domain-b")).isEmpty();
            served.set(identity.addKey("domain-b").jwks());
            org.awaitility.Awaitility.await().until(() -> keys.of("domain-b").size() == 1);
        }
    }

    @Test
    @Timeout(30)
    void anAnswerThatStopsInItsBodyIsGivenUp() {
        KeySource source = new UrlKeySource(URI.create(url()), Duration.ofMillis(500));
        try (DomainKeys keys = new DomainKeys(source, now::get)) {
            stalls.set(true);
            assertThat(keys.of("domain-b")).isEmpty();
            assertThat(reads).hasValue(2);
            assertThat(keys.of("domain-a")).hasSize(1);
        }
        assertThatThrownBy(() -> new DomainKeys(source, now::get).close())
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("which cannot be read (HttpTimeoutException: request timed out).");
    }

    @Test
    void aRedirectThatLeadsNowhereIsNoSet() {
        redirect.set("http://[");
        assertRefused(url(), "which cannot be read (");
    }

    @Test
    void aUrlIsReadEveryFiveMinutes() {
        assertThat(KeySource.named(url()).every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(KeySource.named(url()).pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aFileIsReadAgainOnceItChanged() throws IOException {
        Path file = Files.writeString(directory.resolve("jwks.json"), identity.jwks());
        for (String name : new String[] {file.toString(), file.toUri().toString()}) {
            try (DomainKeys keys = new DomainKeys(KeySource.named(name), now::get)) {
                assertThat(keys.of("new-for-" + name.length())).isEmpty();
                Files.writeString(
                        file, identity.addKey("new-for-" + name.length()).jwks());
                assertThat(keys.of("new-for-" + name.length())).hasSize(1);
                Files.delete(file);
                assertThat(keys.of("domain-z")).isEmpty();
                assertThat(keys.of("domain-a")).hasSize(1);
                Files.writeString(file, identity.jwks());
            }
        }
    }

    @Test
    void keysForOtherPurposesAreLeftOut() {
        served.set(identity.jwks().replace("\"sig\"", "\"enc\""));
        try (DomainKeys keys = fromUrl()) {
            assertThat(keys.of("domain-a")).isEmpty();
        }
    }

    @Test
    void whatCannotBeReadEndsTheStartInOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("jwks.json"), "nonsense");
        assertRefused(file.toString(), "which is no JWK set.");
        assertRefused(directory.resolve("missing").toString(), "which cannot be read (NoSuchFileException");
        assertRefused("ftp://localhost/jwks", "names neither a file nor an http(s) URL.");
        assertRefused("http://", "names neither a file nor an http(s) URL.");
        assertRefused("http:", "names neither a file nor an http(s) URL.");
        served.set("");
        assertRefused(url(), "which cannot be read (IOException: it answered 500).");
        server.stop(0);
        assertRefused(url().replace("//", "//user:secret@"), "which cannot be read (");
    }

    private void assertRefused(String jwks, String reason) {
        assertThatThrownBy(() -> new DomainKeys(KeySource.named(jwks), now::get).close())
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("OPSFLOW_JWKS names ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    private DomainKeys fromUrl() {
        return new DomainKeys(KeySource.named(url()), now::get);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }
}
