package io.opsflow.bench.server;

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

/** A packaged side as a process of its own; what it says goes where the bench's own words go. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Returns when the server says yes.
     *
     * @param module whose jar it is
     * @param question the part of its health that it is asked for: readiness or liveness
     */
    static ServerProcess start(String module, Map<String, String> environment, String question) throws IOException {
        Path jar = Path.of("..", module, "target", module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There is no %s: mvn package makes it".formatted(jar));
        }
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(tool("java"), "-Xmx1g", "-XX:+UseParallelGC", "-jar", jar.toString()).inheritIO();
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        ServerProcess server = new ServerProcess(builder.start(), port);
        try {
            server.await(module, question);
            return server;
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** One of the tools that came with the JDK that runs this. */
    public static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void await(String module, String question) throws IOException {
        URI health = URI.create("http://127.0.0.1:%d/actuator/health/%s".formatted(port, question));
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isYes(health)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the %s did not start".formatted(module));
            }
            pause();
        }
    }

    private static boolean isYes(URI health) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
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
