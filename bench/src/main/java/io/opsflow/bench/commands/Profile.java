package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import io.opsflow.bench.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * Says where the time of one more turn goes: what the recorder of the JVM that does the commands saw, what PostgreSQL's
 * connections were waiting for, and how the processors' time was shared. The turn is not one of those that count.
 */
record Profile(Databases databases, Path directory, Duration turn) {

    private static final String SETTINGS = "profile";

    /** Counts what threads do in native code, too; older recorders do not know it. */
    private static final String CPU_TIME = "jdk.CPUTimeSample";

    private static final int KNOWN_SINCE = 25;

    /** @return the text that it has written */
    Path ofThisProcess(String name, Crew crew) throws Exception {
        Path recorded = recorded(name);
        String servers;
        try (Recording recording = new Recording(Configuration.getConfiguration(SETTINGS))) {
            recording.enable(CPU_TIME);
            recording.start();
            servers = work(crew, List.of(ProcessHandle.current()));
            recording.stop();
            recording.dump(recorded);
        }
        return write(name, servers, recorded);
    }

    /** As {@link #ofThisProcess}, where another JVM does the work. */
    Path ofServer(String name, Crew crew, ProcessHandle server) throws Exception {
        Path recorded = recorded(name);
        List<String> start = new ArrayList<>(List.of("JFR.start", "name=bench", "settings=" + SETTINGS));
        if (Runtime.version().feature() >= KNOWN_SINCE) {
            start.add(CPU_TIME + "#enabled=true");
        }
        tell(server, start);
        String servers = work(crew, List.of(ProcessHandle.current(), server));
        tell(server, List.of("JFR.stop", "name=bench", "filename=" + recorded.toAbsolutePath()));
        return write(name, servers, recorded);
    }

    private String work(Crew crew, List<ProcessHandle> jvms) throws Exception {
        try (ServerWatch watch = new ServerWatch(databases, jvms)) {
            Crew.Turn done = crew.work(turn);
            return "%,.0f commands a second while being watched%n%n%s".formatted(done.perSecond(), watch.text());
        }
    }

    private Path recorded(String name) throws IOException {
        return Files.createDirectories(directory).resolve("profile-%s.jfr".formatted(name));
    }

    private Path write(String name, String servers, Path recorded) throws IOException {
        return Files.writeString(
                directory.resolve("profile-%s.txt".formatted(name)),
                servers + Samples.read(recorded).text());
    }

    private static void tell(ProcessHandle jvm, List<String> command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(ServerProcess.tool("jcmd"), Long.toString(jvm.pid())));
        line.addAll(command);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(line, said));
        }
    }
}
