package io.opsflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that serves one data directory, known from its {@code postmaster.pid}; it may be another JVM's orphan. */
record Postmaster(ProcessHandle process, Path dataDirectory) {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(20);
    private static final Duration IMMEDIATE_SHUTDOWN = Duration.ofSeconds(5);
    private static final Duration KILLED = Duration.ofSeconds(5);

    /** The live postmaster of this data directory, if there is one. A process that merely has its old number is not. */
    static Optional<Postmaster> of(Path dataDirectory) {
        return pid(dataDirectory)
                .flatMap(ProcessHandle::of)
                .map(process -> new Postmaster(process, dataDirectory))
                .filter(Postmaster::isRunning)
                .filter(Postmaster::servesTheDirectory);
    }

    /**
     * Ends the postmaster of this data directory if one runs, and workers whose postmaster was killed: as long as one of
     * them is at something, no new postmaster starts. Removes a {@code postmaster.pid} that names some other
     * program: PostgreSQL would take that for a running server. Only for who holds the directory's lock.
     */
    static void endOrphanOf(Path dataDirectory) {
        of(dataDirectory).ifPresent(orphan -> {
            log.warn("Stopping PostgreSQL {}, left over in {}", orphan.process.pid(), dataDirectory);
            orphan.stop();
        });
        workersIn(dataDirectory).forEach(Postmaster::kill);
        boolean stale = pid(dataDirectory)
                .flatMap(ProcessHandle::of)
                .map(process -> new Postmaster(process, dataDirectory))
                .filter(other -> !other.isRunning() || other.isAnotherProgram())
                .isPresent();
        if (stale) {
            delete(pidFile(dataDirectory));
        }
    }

    private static List<Postmaster> workersIn(Path dataDirectory) {
        return ProcessHandle.allProcesses()
                .map(process -> new Postmaster(process, dataDirectory))
                .filter(process -> process.isPostgres() && process.isRunning() && process.worksInTheDirectory())
                .toList();
    }

    /** Stops it as fast as is orderly (SIGINT), then without a checkpoint (SIGQUIT), then for good. */
    void stop() {
        if (!signal("INT", FAST_SHUTDOWN) && !signal("QUIT", IMMEDIATE_SHUTDOWN)) {
            kill();
        }
    }

    /** Kills it and its children at once, as a power failure would; returns when all are gone. */
    void kill() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(child -> waitFor(new Postmaster(child, dataDirectory), KILLED));
        waitFor(this, KILLED);
    }

    private boolean signal(String name, Duration patience) {
        if (isWindows()) {
            return false; // there are no signals: the write-ahead log repairs what a kill leaves
        }
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(KILLED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waitFor(this, patience);
    }

    private static boolean waitFor(Postmaster postmaster, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (postmaster.isRunning() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return !postmaster.isRunning();
    }

    /** A process that ended and that nobody reaped (there is not always an init) counts as gone. */
    private boolean isRunning() {
        if (!process.isAlive()) {
            return false;
        }
        try {
            return !Files.readString(proc("stat")).contains(") Z ");
        } catch (IOException noProc) {
            return process.isAlive();
        }
    }

    private boolean servesTheDirectory() {
        Optional<String> commandLine = process.info().commandLine();
        boolean named = commandLine
                .filter(line -> line.contains("postgres") && line.contains(dataDirectory.toString()))
                .isPresent();
        return named || isPostgres() && (isWindows() || worksInTheDirectory());
    }

    private boolean isPostgres() {
        return process.info()
                .command()
                .map(Path::of)
                .filter(program -> program.getFileName().toString().startsWith("postgres"))
                .isPresent();
    }

    private boolean isAnotherProgram() {
        return process.info().command().isPresent() && !isPostgres();
    }

    private boolean worksInTheDirectory() {
        try {
            return Files.isSameFile(proc("cwd"), dataDirectory);
        } catch (IOException noProc) {
            return false;
        }
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    private static Optional<Long> pid(Path dataDirectory) {
        try {
            return Files.readAllLines(pidFile(dataDirectory)).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf);
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static Path pidFile(Path dataDirectory) {
        return dataDirectory.resolve("postmaster.pid");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
