package io.opsflow.standalone;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.PrivateFiles;
import io.opsflow.embedded.RefusedStart;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CancellationException;

/**
 * The servers on a home, and while they run two files in it: {@code servers.properties}, the settings of both sides that
 * name them, for tools that are run beside the service; and {@code kafka.properties}, what any client of the broker
 * needs. Readable by the home's owner alone, and of worth only while the home is held: a kill leaves them behind.
 */
record Servers(Path brokerFile, EmbeddedDatabase database, EmbeddedBroker broker) {

    private static final String FILE = "servers.properties";
    private static final String BROKER_FILE = "kafka.properties";

    /**
     * Starts them.
     *
     * @param parts get each server as soon as there is something to stop
     * @throws StartFailure where the disk is full, or what is there is refused, or the parts are closed meanwhile
     */
    static Servers start(Home home, Parts parts) throws IOException {
        Path file = home.resolve(FILE);
        Path brokerFile = home.resolve(BROKER_FILE).toAbsolutePath();
        Files.deleteIfExists(file);
        Files.deleteIfExists(brokerFile);
        try {
            // Known before it starts: a process that is stopped in between would leave it behind.
            EmbeddedDatabase database = parts.add(EmbeddedDatabase.at(home.resolve("postgresql")));
            database.start();
            EmbeddedBroker broker = parts.add(EmbeddedBroker.start(home.resolve("kafka")));
            Servers servers = new Servers(brokerFile, database, broker);
            parts.add(tell(brokerFile, broker.clientSettings()));
            parts.add(tell(file, servers.settings()));
            return servers;
        } catch (RefusedStart e) {
            throw new StartFailure(e.getMessage());
        } catch (CancellationException e) {
            throw StartFailure.stopped();
        }
    }

    /**
     * Those that another process runs on the home it holds.
     *
     * @throws StartFailure while there are none
     */
    static Map<String, Object> running(Path directory) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(FILE))) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new StartFailure("The OpsFlow on " + directory + " is starting or stopping; try again.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** Whether any were ever started there. */
    static boolean exist(Path directory) {
        return Files.isDirectory(directory.resolve("postgresql"));
    }

    /** By the names of the properties of both sides. */
    Map<String, Object> settings() {
        return Map.of(
                "opsflow.event-store.url", database.createDatabase("event_store"),
                "opsflow.event-store.user", database.user(),
                "opsflow.event-store.password", database.password(),
                "opsflow.read-model.url", database.createDatabase("read_model"),
                "opsflow.read-model.user", database.user(),
                "opsflow.read-model.password", database.password(),
                "opsflow.kafka.bootstrap", broker.bootstrapServers(),
                "opsflow.kafka.properties", brokerFile.toString());
    }

    private static AutoCloseable tell(Path file, Map<String, ?> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFiles.write(file, text.toString());
        return () -> Files.deleteIfExists(file);
    }
}
