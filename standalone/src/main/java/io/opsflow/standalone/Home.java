package io.opsflow.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds all data, keys and tokens, see {@link HomeSettings}. Readable by its owner alone, and held by
 * one instance at a time.
 */
final class Home implements AutoCloseable {

    private final Path directory;
    private final FileChannel lockFile;

    private Home(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** @throws StartFailure if it cannot be made or another instance holds it */
    static Home open(Path directory) {
        return openIfFree(directory)
                .orElseThrow(() -> new StartFailure("Another OpsFlow is running on " + directory
                        + "; stop it first, or choose another directory with OPSFLOW_HOME."));
    }

    /**
     * Empty where another instance holds it.
     *
     * @throws StartFailure if it cannot be made
     */
    static Optional<Home> openIfFree(Path directory) {
        try {
            Files.createDirectories(directory);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            // The operating system lets go of the lock when the process ends, however it ends.
            FileChannel lockFile =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                return Optional.empty();
            }
            return Optional.of(new Home(directory, lockFile));
        } catch (IOException e) {
            throw new StartFailure("The directory " + directory + " cannot be used: " + e + ".");
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process, as in tests
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
