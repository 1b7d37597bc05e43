package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.standalone.StandaloneHome.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The jar on a home that holds a database and no events, and what is missing or held up there. */
class HarmedHomeIT {

    @TempDir
    Path directory;

    private StandaloneHome home;
    private Path postgresql;

    @BeforeEach
    void makeADatabase() throws IOException {
        home = new StandaloneHome(directory.toRealPath().resolve("home"));
        postgresql = home.path().resolve("postgresql");
        EmbeddedDatabase.start(postgresql).close();
    }

    @Test
    void aHomeWithoutEventsHasNoEventStoreYet() {
        Result verified = home.standalone(Map.of(), "verify");

        assertThat(verified.lines()).containsExactly("There is no event store in that database yet.");
        assertThat(verified.code()).isEqualTo(2);
    }

    @Test
    void aLostPasswordIsToldByTheServiceAndByATool() throws IOException {
        Files.delete(postgresql.resolve("password"));
        String sentence = "%s is missing. It holds the password with which the database in %s was made: put it back."
                .formatted(postgresql.resolve("password"), postgresql.resolve("data"));

        Result verified = home.standalone(Map.of(), "verify");
        assertThat(verified.lines()).containsExactly(sentence);
        assertThat(verified.code()).isEqualTo(2);
        Result started = home.standalone(Map.of());
        assertThat(started.lines()).last().isEqualTo(sentence);
        assertThat(started.code()).isEqualTo(1);
    }

    @Test
    void whatIsStoppedWhileItsDatabaseStartsLeavesNoServerBehind() throws IOException {
        // A standby that nobody feeds recovers for ever.
        Files.createFile(postgresql.resolve("data/standby.signal"));
        Files.writeString(postgresql.resolve("data/postgresql.auto.conf"), "hot_standby = off\n");
        Path pid = postgresql.resolve("data/postmaster.pid");
        try (JarProcess service = home.start(Map.of())) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid));
            long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst());

            service.terminate(Duration.ofSeconds(30));

            assertThat(pid).doesNotExist();
            assertThat(ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive))
                    .isEmpty();
            assertThat(service.output()).last().isEqualTo("Stopped while starting.");
        }
    }

    @Test
    void whatInitdbSaysIsToldWhereItFails() throws IOException {
        home.standalone(Map.of(), "verify"); // unpacks the programs
        FileSystemUtils.deleteRecursively(postgresql.resolve("data"));
        try (Stream<Path> files = Files.walk(postgresql.resolve("binaries"))) {
            Path initdb = files.filter(file -> file.endsWith("bin/initdb"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(initdb, "#!/bin/sh\necho it has no room; exit 1\n");
        }

        Result verified = home.standalone(Map.of(), "verify");

        assertThat(verified.lines())
                .containsExactly(
                        "The servers in " + home.path() + " could not be started: initdb failed: it has no room");
        assertThat(verified.code()).isEqualTo(2);
    }
}
