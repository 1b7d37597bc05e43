package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {

    @TempDir
    Path directory;

    @Test
    void thereIsSomeOrTheStartIsRefusedWithASentence() {
        assertThatCode(new Room(directory, 1)::require).doesNotThrowAnyException();
        assertThatThrownBy(new Room(directory, Long.MAX_VALUE)::require)
                .isInstanceOf(FullDisk.class)
                .hasMessageMatching(
                        "The disk of " + directory + " is full: it has \\d+ MB left, and a start takes \\d+\\.");
    }
}
