package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM writes and is killed; what it had acknowledged is there for the next one on the same directory. */
class KilledJvmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theNextStartStopsTheOrphanAndFindsEverything(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // A locale that no machine has: nothing may depend on it.
        command.environment().put("LC_ALL", "xx_XX.UTF-8");
        Process writer = command.start();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !writer.isAlive() || Files.readString(output).contains(Writer.READY));
            assertThat(writer.isAlive()).as(Files.readString(output)).isTrue();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        Postmaster orphan =
                Postmaster.of(directory.resolve("postgres/data").toRealPath()).orElseThrow();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgres"));
                EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            assertThat(Postmaster.of(directory.resolve("postgres/data").toRealPath()))
                    .hasValueSatisfying(postmaster -> assertThat(postmaster).isNotEqualTo(orphan));
            try (Connection connection = DriverManager.getConnection(
                            database.jdbcUrl("kept"), database.user(), database.password());
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from kept")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(1);
            }
            assertThat(Records.read(broker, 1)).containsExactly("acknowledged");
        }
    }

    /** What runs in the JVM that is killed. */
    static final class Writer {

        static final String READY = "everything is acknowledged";

        private Writer() {}

        public static void main(String[] directories) throws Exception {
            Path directory = Path.of(directories[0]);
            EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgres"));
            EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
            try (Connection connection = DriverManager.getConnection(
                            database.createDatabase("kept"), database.user(), database.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 1");
            }
            Records.createTopic(broker);
            Records.send(broker, "acknowledged");
            System.out.println(READY);
            Thread.sleep(PATIENCE.toMillis());
        }
    }
}
