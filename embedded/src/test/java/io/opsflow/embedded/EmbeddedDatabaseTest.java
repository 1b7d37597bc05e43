package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedDatabaseTest {

    private EmbeddedDatabase database;

    @BeforeAll
    void start() {
        database = EmbeddedDatabase.temporary();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "listen_addresses, 127.0.0.1",
        "unix_socket_directories, ''",
        "max_connections, 200",
        "shared_buffers, 128MB",
        "jit, off",
        "password_encryption, scram-sha-256",
        "server_encoding, UTF8",
        "lc_messages, C"
    })
    void theServerIsDurableAndPrivate(String setting, String value) throws SQLException {
        assertThat(one(database.jdbcUrl("postgres"), "show " + setting)).isEqualTo(value);
    }

    @Test
    void itIsPostgres18() throws SQLException {
        assertThat(one(database.jdbcUrl("postgres"), "show server_version")).startsWith("18.");
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl("postgres"), database.user(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void aDatabaseIsCreatedOnceAndComparesByByte() throws SQLException {
        String url = database.createDatabase("opsflow");
        assertThat(database.createDatabase("opsflow")).isEqualTo(url);
        assertThat(url).doesNotContain(database.password()).doesNotContain("user=");
        assertThat(one(url, "select 'a' < 'B'")).isEqualTo("f");
    }

    @Test
    void anIcuDatabaseComparesByItsLocale() throws SQLException {
        String url = database.createDatabase("opsflow_icu", "en-US");
        assertThat(one(url, "select 'a' < 'B'")).isEqualTo("t");
        assertThat(one(url, "select datlocale from pg_database where datname = current_database()"))
                .isEqualTo("en-US");
    }

    @Test
    void aNameThatIsNoNameIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> database.createDatabase("x; drop database y"));
    }

    @Test
    void afterAPauseItListensOnTheSamePortAgain() throws SQLException {
        String url = database.createDatabase("paused");
        run(url, "create table kept as select 1");
        database.pause();
        assertThatThrownBy(() -> connect(url)).isInstanceOf(SQLException.class);
        database.restart();
        assertThat(one(url, "select * from kept")).isEqualTo("1");
    }

    @Test
    void whatWasCommittedSurvivesAKill() throws SQLException {
        String url = database.createDatabase("killed");
        run(url, "create table kept as select 1");
        database.kill();
        database.restart();
        assertThat(one(url, "select * from kept")).isEqualTo("1");
    }

    @Test
    void aRecoveryIsWaitedForThoughItTakesLongerThanAStartMay(@TempDir Path home) throws SQLException {
        try (EmbeddedDatabase slow = EmbeddedDatabase.start(home, Duration.ZERO)) {
            String url = slow.createDatabase("slow");
            run(url, slow.password(), "create table kept as select n from generate_series(1, 300000) as n");
            slow.kill();
            slow.restart();
            assertThat(one(url, slow.password(), "select count(*) from kept")).isEqualTo("300000");
        }
    }

    @Test
    void whoClosesItDoesNotWaitForARecovery(@TempDir Path home) throws Exception {
        EmbeddedDatabase slow = EmbeddedDatabase.start(home, Duration.ZERO);
        slow.kill();
        recoverForEver(home);
        CompletableFuture<Void> restart = CompletableFuture.runAsync(slow::restart);
        awaitRecovery(slow);

        slow.close();

        assertThat(restart)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCauseInstanceOf(CancellationException.class);
        assertThat(Postmaster.of(home.resolve("data"))).isEmpty();
    }

    @Test
    void whoClosesItWhileItStartsWaitsForNothingAndLeavesNoServer(@TempDir Path home) throws Exception {
        EmbeddedDatabase.start(home).close();
        recoverForEver(home);
        EmbeddedDatabase starting = EmbeddedDatabase.at(home);
        CompletableFuture<Void> start = CompletableFuture.runAsync(starting::start, Thread::startVirtualThread);
        awaitRecovery(starting);

        assertThat(CompletableFuture.runAsync(starting::close, Thread::startVirtualThread))
                .succeedsWithin(Duration.ofSeconds(30));

        assertThat(start)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(CancellationException.class);
        assertThat(Postmaster.of(home.resolve("data"))).isEmpty();
    }

    @Test
    void oneThatWasClosedDoesNotStart(@TempDir Path home) {
        EmbeddedDatabase closed = EmbeddedDatabase.at(home);
        closed.close();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(closed::start);
        assertThat(Postmaster.of(home.resolve("data"))).isEmpty();
    }

    @Test
    void withoutItsPasswordItIsRefusedAtOnceByASentenceThatNamesTheFile(@TempDir Path directory) throws Exception {
        Path home = directory.toRealPath();
        String password;
        try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
            password = first.password();
        }
        Path file = home.resolve("password");
        String putItBack = ". It holds the password with which the database in %s was made: put it back."
                .formatted(home.resolve("data"));

        Files.delete(file);
        assertRefused(home, file + " is missing" + putItBack);
        assertThat(file).doesNotExist();
        Files.writeString(file, "\n");
        assertRefused(home, file + " is empty" + putItBack);
        assertThat(file).hasContent("\n");
        Files.writeString(file, "another");
        assertRefused(home, file + " is not the right one" + putItBack);
        assertThat(Postmaster.of(home.resolve("data"))).isEmpty();

        Files.writeString(file, password);
        EmbeddedDatabase.start(home).close();
    }

    private static void assertRefused(Path home, String sentence) {
        assertThat(CompletableFuture.runAsync(() -> EmbeddedDatabase.start(home).close()))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(RefusedStart.class)
                .withMessageEndingWith(sentence);
    }

    /** As a standby does that nobody feeds. */
    private static void recoverForEver(Path home) throws IOException {
        Files.createFile(home.resolve("data/standby.signal"));
        Files.writeString(home.resolve("data/postgresql.auto.conf"), "hot_standby = off\n", StandardOpenOption.APPEND);
    }

    private static void awaitRecovery(EmbeddedDatabase database) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatThrownBy(() -> DriverManager.getConnection(
                                database.jdbcUrl("postgres"), database.user(), database.password()))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("57P03")));
    }

    @Test
    void aRestartKeepsDataAndPasswordAndRefusesASecondUser(@TempDir Path directory) throws SQLException {
        Path home = directory.resolve("with a space and somebody's/postgres");
        String password;
        try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
            password = first.password();
            run(first.createDatabase("kept"), first.password(), "create table kept as select 1");
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedDatabase.start(home))
                    .withMessageContaining("is in use");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(home)) {
            assertThat(second.password()).isEqualTo(password);
            assertThat(one(second.createDatabase("kept"), second.password(), "select * from kept"))
                    .isEqualTo("1");
            assertThat(permissions(home)).isEqualTo("rwx------");
            assertThat(permissions(home.resolve("data"))).isEqualTo("rwx------");
            assertThat(permissions(home.resolve("password"))).isEqualTo("rw-------");
        }
    }

    @Test
    void aFirstStartThatWasCutShortIsBegunAgain(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("data.new1"));
        Files.writeString(home.resolve("data.new1/postgresql.conf"), "half of it");
        try (EmbeddedDatabase begun = EmbeddedDatabase.start(home)) {
            assertThat(one(begun.createDatabase("begun"), begun.password(), "select 1"))
                    .isEqualTo("1");
        }
        assertThat(home).isDirectoryNotContaining("glob:**data.new*");
        // After a reboot the number in the file may be anyone's.
        Files.writeString(
                home.resolve("data/postmaster.pid"),
                "%d\n%s\n".formatted(ProcessHandle.current().pid(), home.resolve("data")));
        try (EmbeddedDatabase again = EmbeddedDatabase.start(home)) {
            assertThat(one(again.jdbcUrl("begun"), again.password(), "select 1"))
                    .isEqualTo("1");
        }
    }

    /** Whatever a copy of the home has left out, and whoever made it. */
    @Test
    void dataThatWereEverUsedAreKeptThoughFilesAreMissing(@TempDir Path home) throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(home)) {
            run(first.createDatabase("kept"), first.password(), "create table kept as select 1");
        }
        Files.deleteIfExists(home.resolve("data/opsflow.initialized")); // earlier versions wanted it
        try (EmbeddedDatabase copied = EmbeddedDatabase.start(home)) {
            assertThat(one(copied.createDatabase("kept"), copied.password(), "select * from kept"))
                    .isEqualTo("1");
        }
        Path table = Files.createDirectories(home.resolve("data/base/1")).resolve("kept");
        Files.writeString(table, "somebody's");
        Files.delete(home.resolve("data/postgresql.conf"));
        assertThatExceptionOfType(RefusedStart.class)
                .isThrownBy(() -> EmbeddedDatabase.start(home))
                .withMessageContaining(home.toRealPath().resolve("data") + " is no database");
        assertThat(table).hasContent("somebody's");
    }

    private String one(String url, String sql) throws SQLException {
        return one(url, database.password(), sql);
    }

    private static String one(String url, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String url, String sql) throws SQLException {
        run(url, database.password(), sql);
    }

    private static void run(String url, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, database.user(), database.password());
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
