package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseHomeTest {

    @TempDir
    Path directory;

    @Test
    void anInitdbThatFailsLeavesNoData() {
        DatabaseHome home = new DatabaseHome(directory);

        assertThatIllegalStateException()
                .isThrownBy(() -> home.makeData(draft -> {
                    write(draft, "half");
                    throw new IllegalStateException("initdb failed");
                }));
        assertThat(home.data()).doesNotExist();

        home.makeData(draft -> write(draft, "whole"));
        assertThat(home.data().resolve("postgresql.conf")).hasContent("whole");
        assertThat(directory).isDirectoryNotContaining("glob:**data.new*");

        home.makeData(draft -> {
            throw new AssertionError("there are data");
        });
        assertThat(home.data().resolve("postgresql.conf")).hasContent("whole");
    }

    @Test
    void aLinkToDataThatAreNotThereNowIsKept() throws IOException {
        DatabaseHome home = new DatabaseHome(directory);
        Path link = Files.createSymbolicLink(home.data(), directory.resolve("not-mounted"));

        assertThatExceptionOfType(RefusedStart.class).isThrownBy(home::password);
        assertThatExceptionOfType(RefusedStart.class).isThrownBy(() -> home.makeData(draft -> write(draft, "another")));
        assertThat(link).isSymbolicLink();
    }

    private static void write(Path draft, String content) {
        try {
            Files.writeString(draft.resolve("postgresql.conf"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
