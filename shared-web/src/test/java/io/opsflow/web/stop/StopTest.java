package io.opsflow.web.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the clients of a process notice that is told to stop, byte by byte. */
class StopTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final CountDownLatch MAY_END = new CountDownLatch(1);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Slow.class)
    static class Face {}

    @RestController
    static class Slow {

        /** Below a path that needs no token. */
        @GetMapping("/swagger-ui/slow")
        String slow() throws InterruptedException {
            BEGUN.countDown();
            MAY_END.await();
            return "done";
        }
    }

    private ServletWebServerApplicationContext face;
    private int port;
    private Thread stop;

    @BeforeEach
    void start(@TempDir Path directory) {
        Path jwks = EmbeddedIdentity.create().addKey("domain-a").writeJwks(directory.resolve("jwks.json"));
        face = (ServletWebServerApplicationContext) new SpringApplication(Face.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--opsflow.jwks=" + jwks,
                        "--opsflow.root-domain=domain-a",
                        "--server.tomcat.max-connections=2",
                        "--opsflow.stop.drain=30s");
        port = face.getWebServer().getPort();
        stop = Thread.ofPlatform().unstarted(face::close);
    }

    @AfterEach
    void stop() throws InterruptedException {
        MAY_END.countDown();
        face.close();
        stop.join();
    }

    @Test
    void whatHasBegunIsAnsweredAndConnectionsAreGivenUpOneByOne() throws Exception {
        try (Connection kept = new Connection();
                Connection slow = new Connection();
                Connection notYetAccepted = new Connection()) {
            notYetAccepted.send("/check");
            assertThat(kept.ask("/check")).contains("SERVING").doesNotContain("Connection: close");
            slow.send("/swagger-ui/slow");
            assertThat(BEGUN.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

            stop.start();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> new Connection().close()).isInstanceOf(ConnectException.class));

            assertThat(notYetAccepted.receive()).contains("SERVING", "Connection: close");
            assertThat(kept.ask("/actuator/health/readiness")).contains("503", "Connection: close", "OUT_OF_SERVICE");
            assertThat(kept.receiveAll()).isEmpty();
            MAY_END.countDown();
            assertThat(slow.receive()).contains("200", "done");
            assertThat(slow.ask("/check")).contains("SERVING", "Connection: close");
            assertThat(stop.join(SOON)).isTrue();
        }
    }

    /** Kept alive, as those of gateways are. */
    private final class Connection implements AutoCloseable {

        private final Socket socket;

        Connection() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) SOON.toMillis());
        }

        String ask(String path) throws IOException {
            send(path);
            return receive();
        }

        void send(String path) throws IOException {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
        }

        String receive() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = in.read();
                assertThat(next).as("after %s", head).isNotNegative();
                head.append((char) next);
            }
            int length = head.toString()
                    .lines()
                    .filter(line -> line.startsWith("Content-Length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                    .findFirst()
                    .orElse(0);
            return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        /** Until the other side closes it. */
        String receiveAll() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
