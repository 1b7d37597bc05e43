package io.opsflow.bench.commands;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged command side as a process of its own; what it says goes where the bench's own words go. */
final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("..", "command-side", "target", "command-side.jar");
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static ServerProcess start(Map<String, String> environment) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("There is no %s: mvn package makes it".formatted(JAR));
        }
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(tool("java"), "-Xmx1g", "-jar", JAR.toString()).inheritIO();
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        ServerProcess server = new ServerProcess(builder.start(), port);
        try {
            server.awaitReady();
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** One of the tools that came with the JDK that runs this. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void awaitReady() throws IOException {
        URI readiness = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isReady(readiness)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the command side did not start");
            }
            pause();
        }
    }

    private static boolean isReady(URI readiness) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) readiness.toURL().openConnection();
        try {
            return connection.getResponseCode() == 200;
        } catch (java.net.ConnectException e) {
            return false; // not yet
        } finally {
            connection.disconnect();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
