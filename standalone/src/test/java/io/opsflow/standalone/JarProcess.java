package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A packaged jar or a program of the tests, as a process with nothing in its environment but what it is given. Nothing
 * that it says may hold what no log may; see {@link LogWatch}.
 */
final class JarProcess implements AutoCloseable {

    // They live for seconds, several at a time.
    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    // It is ended by its handle: its own methods would close what is still to be read.
    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private JarProcess(Process process) {
        this.process = process;
        // Not a virtual one: reading a pipe holds its carrier, and two of them would leave none to the service beside
        // them.
        this.reader = Thread.ofPlatform().daemon().start(this::readOutput);
    }

    /** @param module the folder's name, which is the jar's */
    static JarProcess start(String module, Map<String, String> environment, String... arguments) {
        return start(jar(module), environment, arguments);
    }

    static JarProcess start(Path jar, Map<String, String> environment, String... arguments) {
        return start(environment, List.of("-jar", jar.toString()), arguments);
    }

    /** The module's packaged jar. */
    static Path jar(String module) {
        Path jar = Path.of("..", module, "target", module + ".jar")
                .toAbsolutePath()
                .normalize();
        assertThat(jar).as("made by mvn package").exists();
        return jar;
    }

    /** @param main a class of the tests with a main method */
    static JarProcess start(Class<?> main, String... arguments) {
        return start(Map.of(), List.of("-cp", System.getProperty("java.class.path"), main.getName()), arguments);
    }

    private static JarProcess start(Map<String, String> environment, List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(java(program));
        command.addAll(List.of(arguments));
        return start(command, environment);
    }

    /** What starts the module's packaged jar, for who starts it by something else. */
    static List<String> command(String module) {
        return java(List.of("-jar", jar(module).toString()));
    }

    private static List<String> java(List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_OPTIONS);
        command.addAll(program);
        return command;
    }

    /** Any other program. */
    static JarProcess start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            // Also where a test ends without its end.
            Runtime.getRuntime().addShutdownHook(new Thread(started.toHandle()::destroyForcibly));
            return new JarProcess(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLine(String part) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    assertThat(process.isAlive())
                            .as(() -> "it ended: " + String.join("\n", output()))
                            .isTrue();
                })
                .until(() -> output().stream().anyMatch(line -> line.contains(part)));
    }

    List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** As Ctrl-C or an init system would; waits for the end. */
    int terminate(Duration limit) {
        process.toHandle().destroy();
        return awaitEnd(limit);
    }

    int awaitEnd(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s: %s", limit, output())
                    .isTrue();
            reader.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(leaks).as("tokens, keys and content of tasks").isEmpty();
        return process.exitValue();
    }

    /** kill -9: no hook runs, nothing is flushed. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        assertThat(leaks).as("tokens, keys and content of tasks").isEmpty();
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                synchronized (output) {
                    output.add(line);
                }
                if (LogWatch.leaks(line)) {
                    leaks.add(line);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
