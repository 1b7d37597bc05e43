package io.opsflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a server needs on its disk to start. One that finds less fails late, and says it in words of its own.
 *
 * @param directory that exists
 * @param least bytes
 */
record Room(Path directory, long least) {

    private static final long MEGABYTE = 1L << 20;

    /** Some files of PostgreSQL's log, which it writes before it has recovered, have 16 MB each. */
    private static final long LEAST = 100 * MEGABYTE;

    static Room at(Path directory) {
        return new Room(directory, LEAST);
    }

    /** @throws FullDisk for less */
    void require() {
        try {
            long left = Files.getFileStore(directory).getUsableSpace();
            if (left < least) {
                throw new FullDisk("The disk of %s is full: it has %d MB left, and a start takes %d."
                        .formatted(directory, left / MEGABYTE, least / MEGABYTE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
