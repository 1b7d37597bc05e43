package io.opsflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.util.FileSystemUtils;

/** Where a database keeps what it needs: the cluster in {@code data}, the superuser's password, the programs. */
record DatabaseHome(Path path) {

    private static final int PASSWORD_BYTES = 24;

    Path data() {
        return path.resolve("data");
    }

    Path binaries() {
        return path.resolve("binaries");
    }

    Path passwordFile() {
        return path.resolve("password");
    }

    /** The password, random and made when it is first asked for. */
    String password() {
        try {
            if (!Files.exists(passwordFile())) {
                byte[] random = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFiles.write(passwordFile(), HexFormat.of().formatHex(random));
            }
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An initdb that was cut short leaves a directory that never starts. Nobody wrote anything in it yet: the mark is on
     * disk before a server can acknowledge anything, so that where it is missing, also after a power failure, nothing was.
     */
    void clearWhatNeverStarted() {
        if (Files.exists(data()) && !Files.exists(initialized())) {
            delete(data());
        }
    }

    /**
     * To be called after initdb, which forces to disk what it made, and before every start of the server: a mark that is
     * there may be one that did not reach the disk.
     */
    void markInitialized() {
        PrivateFiles.write(initialized(), "");
    }

    void delete() {
        delete(path);
    }

    private Path initialized() {
        return data().resolve("opsflow.initialized");
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
