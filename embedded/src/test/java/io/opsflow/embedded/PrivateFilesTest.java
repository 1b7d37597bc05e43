package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    Path directory;

    @Test
    void aFileIsReplacedAsAWholeAndNothingElseIsLeft() throws IOException {
        Path file = directory.resolve("password");

        assertThat(PrivateFiles.write(file, "a long first one")).isEqualTo(file).hasContent("a long first one");
        assertThat(PrivateFiles.write(file, "second")).hasContent("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    /** Asked of the JVM itself: no test can cut the power. */
    @Test
    void theContentIsOnDiskBeforeItsNameAndThenTheNameIs(@TempDir Path elsewhere) throws IOException {
        List<String> forced;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            PrivateFiles.write(directory.resolve("password"), "secret");
            recording.stop();
            Path events = elsewhere.resolve("events.jfr");
            recording.dump(events);
            forced = RecordingFile.readAllEvents(events).stream()
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .map(event -> event.getString("path"))
                    .filter(path -> path.startsWith(directory.toString()))
                    .toList();
        }

        assertThat(forced).hasSize(2);
        assertThat(forced.getFirst()).matches(".*/\\.password[^/]*\\.tmp");
        assertThat(forced.getLast()).isEqualTo(directory.toString());
    }
}
