package io.opsflow.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A real Kafka (KRaft, one node that is broker and controller) inside this JVM, on free ports of 127.0.0.1. An
 * acknowledged record survives the end of the JVM, however it ends; not that of the machine, as Kafka leaves flushing to
 * the system: then the topic is made anew from the event store. Topics must be created by who uses them.
 *
 * <p>Kafka ends the whole JVM when its disk fails or is full, unless a {@link Watchdog} is over it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE = 1;
    private static final int PASSWORD_BYTES = 24;

    /** What Kafka may wait for others while it starts or stops, once it has given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // One node for one program: one copy of everything, and fewer threads and buffers than a server farm's.
    private static final String SETTINGS = """
            process.roles=broker,controller
            inter.broker.listener.name=BROKER
            controller.listener.names=CONTROLLER
            auto.create.topics.enable=false
            group.initial.rebalance.delay.ms=0
            default.replication.factor=1
            min.insync.replicas=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            # After a kill the controller first waits for the old broker's session to end: seconds of the next start.
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500
            num.network.threads=2
            num.io.threads=4
            background.threads=2
            log.cleaner.dedupe.buffer.size=4194304
            """;

    // Other users of the machine reach its ports: all of them want the password, the controller's too.
    private static final String GUARDED = """
            listener.security.protocol.map=BROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
            sasl.enabled.mechanisms=PLAIN
            sasl.mechanism.inter.broker.protocol=PLAIN
            sasl.mechanism.controller.protocol=PLAIN
            """;

    private static final String OPEN = "listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT";

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"opsflow\" password=\"%s\"";

    private final Path log;
    private final boolean temporary;
    private final @Nullable String password;
    private final int port;
    private final int controllerPort;
    private boolean wanted = true;
    private long faults;
    private @Nullable KafkaRaftServer server;

    private EmbeddedBroker(Path directory, int port, boolean temporary, boolean guarded) {
        this.log = PrivateFiles.directory(directory);
        this.temporary = temporary;
        this.password = guarded ? random() : null;
        this.port = port;
        this.controllerPort = FreePort.findOtherThan(port);
        try {
            Room.at(log).require();
            format();
            startServer();
        } catch (RuntimeException | Error e) {
            letGo();
            throw e;
        }
    }

    /**
     * Starts Kafka on the data in this directory, which is made (0700) and formatted where it is missing and belongs to
     * the broker alone. The ports are new at every start, and so is the password that they want: who took a
     * port that was left could be told it by a client that comes back.
     *
     * @throws FullDisk if there is no room
     */
    public static EmbeddedBroker start(Path dataDirectory) {
        return new EmbeddedBroker(dataDirectory, FreePort.find(), false, true);
    }

    /** As {@link #start(Path)}, on a port that clients know already, and for everyone. */
    public static EmbeddedBroker startOpen(Path dataDirectory, int port) {
        return new EmbeddedBroker(dataDirectory, port, false, false);
    }

    /** Starts an empty Kafka for a test and for everyone; its data is deleted on close, at the latest when the JVM ends. */
    public static EmbeddedBroker temporary() {
        try {
            EmbeddedBroker broker =
                    new EmbeddedBroker(Files.createTempDirectory("opsflow-kafka"), FreePort.find(), true, false);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-temporary-kafka"));
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What clients take as {@code bootstrap.servers}; it stays the same until close. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client needs to get in, by Kafka's own names; secret where there is a password. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers());
        if (password != null) {
            settings.put("security.protocol", "SASL_PLAINTEXT");
            settings.put("sasl.mechanism", "PLAIN");
            settings.put("sasl.jaas.config", LOGIN.formatted(password) + ";");
        }
        return settings;
    }

    /** Stops the broker and keeps its data, until {@link #restart()}. */
    public synchronized void pause() {
        wanted = false;
        stopServer();
    }

    /** Starts the broker again on the same port, stopping it first if it runs. */
    public synchronized void restart() {
        pause();
        startServer();
        wanted = true;
    }

    /**
     * Starts the broker again if it should run and has given up.
     *
     * @return whether it did
     * @throws FullDisk as long as there is no room
     * @throws IllegalStateException if it does not start; it should still run then
     */
    synchronized boolean revive() {
        if (!wanted || server != null && !hasGivenUp()) {
            return false;
        }
        stopServer();
        Room.at(log).require();
        startServer();
        return true;
    }

    /** Stops the broker in order; its data stays unless it is temporary. More than once does no harm. */
    @Override
    public synchronized void close() {
        pause();
        letGo();
    }

    private static String random() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void letGo() {
        if (temporary) {
            FileSystemUtils.deleteRecursively(log.toFile());
        }
    }

    private void startServer() {
        faults = KafkaFaults.count();
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(settings(), false), Time.SYSTEM);
        try {
            patiently("start", starting::startup);
            server = starting;
        } catch (IllegalStateException e) {
            try {
                patiently("stop", starting::shutdown);
            } catch (IllegalStateException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private void stopServer() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            patiently("stop", () -> {
                running.shutdown();
                running.awaitShutdown();
            });
        }
    }

    /** Whether it is of no use any more; as is said of all brokers of this JVM when one of them is. */
    synchronized boolean hasGivenUp() {
        return KafkaFaults.count() != faults;
    }

    /**
     * One that has given up waits five minutes for an answer of a controller that is no more, but goes on to the next
     * part when it is interrupted.
     */
    private void patiently(String what, Runnable step) {
        FutureTask<?> task = new FutureTask<>(step, null);
        Thread thread = Thread.ofPlatform().name("kafka " + what).start(task);
        try {
            while (!thread.join(PATIENCE)) {
                if (hasGivenUp()) {
                    thread.interrupt();
                }
            }
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Kafka was to " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not " + what, e.getCause());
        }
    }

    private void format() {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setMetadataLogDirectory(log.toString())
                    .addDirectory(log.toString())
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format Kafka's directory " + log, e);
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        try {
            settings.load(new StringReader(SETTINGS + (password == null ? OPEN : GUARDED)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (password != null) {
            String login = LOGIN.formatted(password) + " user_opsflow=\"%s\";".formatted(password);
            settings.setProperty("listener.name.broker.plain.sasl.jaas.config", login);
            settings.setProperty("listener.name.controller.plain.sasl.jaas.config", login);
        }
        settings.setProperty("node.id", Integer.toString(NODE));
        settings.setProperty("log.dirs", log.toString());
        settings.setProperty(
                "listeners", "BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        settings.setProperty("advertised.listeners", "BROKER://" + bootstrapServers());
        settings.setProperty("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
        return settings;
    }
}
