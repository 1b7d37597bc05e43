package io.opsflow.web.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file, read again when it has changed. Looking is cheap, so every unknown domain may cause it. */
final class FileKeySource implements KeySource {

    private final Path file;
    private @Nullable State last;

    FileKeySource(Path file) {
        this.file = file;
    }

    @Override
    public Optional<String> readIfChanged() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        State state = new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        if (state.equals(last)) {
            return Optional.empty();
        }
        String content = Files.readString(file);
        last = state;
        return Optional.of(content);
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration pause() {
        return Duration.ZERO;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private record State(
            FileTime modified, long size, @Nullable Object file) {}
}
