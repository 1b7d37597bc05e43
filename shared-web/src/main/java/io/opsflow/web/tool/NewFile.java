package io.opsflow.web.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What {@code --out} names: a file that is made, and never one that exists. */
public final class NewFile {

    private NewFile() {}

    /** @throws ToolFailure where it exists, or cannot be made there */
    public static PrintStream create(String file) throws IOException {
        try {
            return new PrintStream(
                    Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException e) {
            throw new ToolFailure("%s exists; choose another name for --out.".formatted(file));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new ToolFailure("--out is not a place where a file can be made: " + file);
        }
    }
}
