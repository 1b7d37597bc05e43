package io.opsflow.commandside.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.commandside.CommandSide;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.Topic;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.web.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The words of the tools' tests. Each test gets a copy of a store of 20 events, all of which are on the topic. */
abstract class ToolTest {

    static final int EVENTS = 20;

    static final EmbeddedDatabase DATABASE = EmbeddedDatabase.temporary();
    static final EmbeddedBroker BROKER = EmbeddedBroker.temporary();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static String original;
    static String topic;

    String url;

    /** What a tool said and how it ended. */
    record Result(int code, List<String> out, List<String> err) {

        String head() {
            return out.stream()
                    .filter(line -> line.startsWith("head "))
                    .findFirst()
                    .orElseThrow()
                    .substring("head ".length());
        }
    }

    @BeforeAll
    static void fillAStore() {
        topic = newName("events-");
        original = CommandSide.emptyDatabase(DATABASE);
        try (ConfigurableApplicationContext node = node(original, topic)) {
            append(node, 0, EVENTS);
            awaitRelayed(node, EVENTS);
        }
    }

    @AfterAll
    static void forget() {
        original = "";
    }

    @BeforeEach
    void copyTheStore() {
        url = copyOf(original);
    }

    /** As a backup that is restored into a database of its own. */
    static String copyOf(String url) {
        String copy = DATABASE.jdbcUrl(newName("t").replace("-", ""));
        copy(url, copy);
        return copy;
    }

    /** As a backup that is restored into the place of what is there. */
    static void restore(String backup, String url) {
        sql(DATABASE.jdbcUrl("postgres"))
                .sql("drop database %s with (force)".formatted(nameOf(url)))
                .update();
        copy(backup, url);
    }

    private static void copy(String from, String to) {
        sql(DATABASE.jdbcUrl("postgres"))
                .sql("create database %s template %s".formatted(nameOf(to), nameOf(from)))
                .update();
    }

    private static String nameOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Returns its id. */
    static String createTopic(String name) {
        try {
            return Topic.create(new RelaySettings(BROKER.bootstrapServers(), null, name, (short) -1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String newName(String prefix) {
        return prefix + UUID.randomUUID();
    }

    static ConfigurableApplicationContext node(String url, String topic) {
        return CommandSide.start(DATABASE, url, BROKER.bootstrapServers(), "opsflow.kafka.topic=" + topic);
    }

    /** Five tasks take turns. */
    static void append(ConfigurableApplicationContext node, int from, int to) {
        for (int i = from; i < to; i++) {
            node.getBean(EventStore.class).publish(event(i));
        }
    }

    /** Likewise one, of which more is known than of the others. */
    static void append(ConfigurableApplicationContext node, int number, Map<String, String> metaData) {
        node.getBean(EventStore.class).publish(event(number).andMetaData(metaData));
    }

    /** Likewise, as one request. */
    static void appendTogether(ConfigurableApplicationContext node, int from, int to) {
        node.getBean(EventStore.class)
                .publish(IntStream.range(from, to).mapToObj(ToolTest::event).toList());
    }

    private static EventMessage<?> event(int i) {
        String task = "task-" + i % 5;
        return new GenericDomainEventMessage<>(
                "Task",
                task,
                i / 5,
                new TaskRenamed(task, "name " + i, AT),
                MetaData.from(Map.of(
                                EventMetadata.ACTOR, "user-1",
                                EventMetadata.ACTOR_KIND, "USER",
                                EventMetadata.REQUEST_ID, "request-1",
                                EventMetadata.CORRELATION_ID, "correlation-1"))
                        .mergedWith(new EventScope("domain-1", "workspace-1", "").asMetaData()));
    }

    static void awaitRelayed(ConfigurableApplicationContext node, long index) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node.getBean(MeterRegistry.class)
                                .get("opsflow.relay.position")
                                .gauge()
                                .value())
                        .isEqualTo(index));
    }

    /** Without a broker. */
    Result runAlone(String... arguments) {
        return run(Map.of(), arguments);
    }

    Result runOnTopic(String topic, String... arguments) {
        return run(
                Map.of("opsflow.kafka.bootstrap", BROKER.bootstrapServers(), "opsflow.kafka.topic", topic), arguments);
    }

    Result run(Map<String, Object> settings, String... arguments) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "opsflow.event-store.url", url,
                "opsflow.event-store.user", DATABASE.user(),
                "opsflow.event-store.password", DATABASE.password()));
        all.putAll(settings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Tools.of(CommandSideTools.ALL)
                .run(List.of(arguments), all, new PrintStream(out, true), new PrintStream(err, true));
        return new Result(code, lines(out), lines(err));
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** As the database's superuser. */
    static JdbcClient sql(String url) {
        return JdbcClient.create(
                new DriverManagerDataSource(url + "?currentSchema=event_store", DATABASE.user(), DATABASE.password()));
    }
}
