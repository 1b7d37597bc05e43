package io.opsflow.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A disk in memory that only one process and its children see, and that is gone with them; the test fills it. */
final class SmallDisk implements AutoCloseable {

    private static final String MOUNT = "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";

    /** Root may mount; whoever is not may make himself root of a world of his own, where the system allows that. */
    private static final List<List<String>> WORLDS =
            List.of(List.of("unshare", "--mount"), List.of("unshare", "--user", "--map-root-user", "--mount"));

    private static final int STEP = 1 << 16;

    private final Path mounted;
    private final JarProcess process;

    private SmallDisk(Path mounted, JarProcess process) {
        this.mounted = mounted;
        this.process = process;
    }

    /**
     * Starts a program that finds the disk there.
     *
     * @param directory that exists
     */
    static SmallDisk start(Path directory, int megabytes, List<String> program, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(world(directory));
        command.addAll(mount(directory, megabytes));
        command.addAll(program);
        return new SmallDisk(directory, JarProcess.start(command, environment));
    }

    private static List<String> mount(Path directory, int megabytes) {
        return List.of("sh", "-c", MOUNT, "sh", megabytes + "m", directory.toString());
    }

    private static List<String> world(Path directory) throws IOException, InterruptedException {
        for (List<String> world : WORLDS) {
            List<String> probe = new ArrayList<>(world);
            probe.addAll(mount(directory, 1));
            probe.add("true");
            if (new ProcessBuilder(probe).start().waitFor() == 0) {
                return world;
            }
        }
        Installed.assume("unshare", false);
        throw new AssertionError("left out");
    }

    JarProcess process() {
        return process;
    }

    /** A file or folder on the disk, seen from here. */
    Path seenFromOutside(Path path) {
        return Path.of("/proc", Long.toString(process.handle().pid()), "root")
                .resolve(Path.of("/").relativize(path));
    }

    /** To the last byte. */
    void fill() throws IOException {
        byte[] zeros = new byte[STEP];
        try (OutputStream file = Files.newOutputStream(filler())) {
            for (int step = STEP; step > 0; step /= 2) {
                writeUntilFull(file, zeros, step);
            }
        }
    }

    private static void writeUntilFull(OutputStream file, byte[] zeros, int step) {
        try {
            while (true) {
                file.write(zeros, 0, step);
            }
        } catch (IOException full) {
            // as is wanted
        }
    }

    void free() throws IOException {
        Files.delete(filler());
    }

    /** Whatever runs on it is killed. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.handle().descendants().toList();
        process.close();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Path filler() {
        return seenFromOutside(mounted.resolve("filler"));
    }
}
