package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.FreePort;
import io.opsflow.embedded.TokenBuilder;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One of the two sides from its jar, on a port that stays however often it is started again. */
final class Side implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String module;
    private final Map<String, String> environment;
    private final int port = FreePort.find();
    private Path jar;
    private JarProcess process;

    private Side(String module, Map<String, String> environment) {
        this.module = module;
        this.environment = new HashMap<>(environment);
        this.environment.put("SERVER_PORT", Integer.toString(port));
        this.environment.put("SERVER_ADDRESS", "127.0.0.1");
        this.jar = JarProcess.jar(module);
        this.process = JarProcess.start(jar, this.environment);
    }

    /** Returns at once, so that several can start together. */
    static Side start(String module, Map<String, String> environment) {
        return new Side(module, environment);
    }

    int port() {
        return port;
    }

    void kill() {
        process.kill();
    }

    /** As an init system would stop it; waits for the end and returns the exit code. */
    int terminate(Duration limit) {
        return process.terminate(limit);
    }

    void restart() {
        process = JarProcess.start(jar, environment);
    }

    /** From now on it runs another version. */
    void restart(Path otherJar) {
        jar = otherJar;
        restart();
    }

    /** From now on its environment holds more. */
    void restart(Map<String, String> more) {
        environment.putAll(more);
        restart();
    }

    /** Sends a request on a connection of its own and does not wait for the answer. */
    Socket begin(String verb, TokenBuilder token, String body) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write("""
                        POST /opsflow/v1/task/%s HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer %s\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        \r
                        %s""".formatted(verb, token.build(), body.length(), body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    void awaitReady() {
        ApiClient anyone = new ApiClient(address(), null);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .failFast(() -> {
                    assertThat(process.isAlive())
                            .as(() -> module + " ended: " + process.output())
                            .isTrue();
                })
                .until(() -> anyone.get("/actuator/health/readiness").status() == 200);
    }

    String module() {
        return module;
    }

    ApiClient as(TokenBuilder token) {
        return new ApiClient(address(), token.build());
    }

    @Override
    public void close() {
        process.close();
    }

    String address() {
        return "http://localhost:" + port;
    }
}
