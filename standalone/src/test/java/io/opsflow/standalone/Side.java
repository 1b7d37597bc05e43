package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.FreePort;
import io.opsflow.embedded.TokenBuilder;
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
