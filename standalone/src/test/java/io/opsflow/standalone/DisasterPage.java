package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** docs/disaster.md, whose commands are run as they stand there, by a shell, in a directory that holds the jars. */
final class DisasterPage {

    private static final Path PAGE = Path.of("../docs/disaster.md");

    private final Path directory;

    /** What a command said and how it ended. */
    record Outcome(int code, List<String> lines) {}

    /** @param directory where the jars are linked into, and files are made */
    DisasterPage(Path directory) {
        this.directory = directory;
        try {
            Files.createSymbolicLink(
                    directory.resolve("command-side.jar"),
                    Path.of("../command-side/target/command-side.jar").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each line of shell below a heading, up to the next one. */
    static List<String> commands(String heading) {
        List<String> commands = new ArrayList<>();
        boolean isBelow = false;
        boolean isShell = false;
        for (String line : ComposeFile.read(PAGE).lines().toList()) {
            if (line.startsWith("#")) {
                isBelow = line.replaceFirst("#+ ", "").equals(heading);
            } else if (line.startsWith("```")) {
                isShell = line.equals("```sh");
            } else if (isBelow && isShell) {
                commands.add(line);
            }
        }
        assertThat(commands).as(heading).isNotEmpty();
        return commands;
    }

    Outcome run(String command, Map<String, String> environment) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().keySet().retainAll(List.of("HOME", "LANG"));
        shell.environment().putAll(new HashMap<>(environment));
        shell.environment().put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
        try {
            Process process = shell.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }
}
