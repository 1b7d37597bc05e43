package io.opsflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories (0700) and files (0600) that only their owner can read; elsewhere than on POSIX what the system gives. */
public final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNERS_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes the directory and those above it where they are missing, and takes everyone else's rights to it. */
    static Path directory(Path directory) {
        try {
            Files.createDirectories(directory);
            if (isPosix(directory)) {
                Files.setPosixFilePermissions(directory, OWNERS_DIRECTORY);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces the file as a whole: a reader finds the old content or the new, never a part, never with wider rights, and
     * so does one after a power failure. When this returns, the new content is on disk.
     */
    public static Path write(Path file, String content) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            FileAttribute<?>[] attributes = isPosix(directory)
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_FILE)}
                    : new FileAttribute<?>[] {};
            Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".tmp", attributes);
            try {
                Files.writeString(draft, content);
                // A new name may reach the disk before the content does.
                force(draft, StandardOpenOption.WRITE);
                return move(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a complete file or directory its name, at once; when this returns, the name is on disk. */
    static Path move(Path draft, Path name) throws IOException {
        Files.move(draft, name, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Path directory = name.toAbsolutePath().getParent();
        if (isPosix(directory)) {
            force(directory, StandardOpenOption.READ); // elsewhere a directory cannot be opened
        }
        return name;
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
