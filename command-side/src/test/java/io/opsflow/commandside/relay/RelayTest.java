package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.commandside.CommandSide;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RelayTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final int LARGE_ONES = 200;

    private static EmbeddedDatabase database;
    private static EmbeddedBroker broker;

    private String topic = "events-" + UUID.randomUUID();
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();
    private String url;
    private ConfigurableApplicationContext node;
    private KafkaConsumer<String, String> consumer;

    @BeforeAll
    static void startServers() {
        database = EmbeddedDatabase.temporary();
        broker = EmbeddedBroker.temporary();
    }

    @AfterAll
    static void stopServers() {
        broker.close();
        database.close();
    }

    @BeforeEach
    void start() {
        url = CommandSide.emptyDatabase(database);
        node = node();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer());
    }

    @AfterEach
    void stop() {
        consumer.close();
        node.close();
    }

    private ConfigurableApplicationContext node() {
        return CommandSide.start(database, url, broker.bootstrapServers(), "opsflow.kafka.topic=" + topic);
    }

    @Test
    void aRecordIsACloudEventInBinaryModeKeyedByTheAggregate() {
        append(renamed("task-1", 0), renamed("task-1", 1));

        ConsumerRecord<String, String> record = received(2).get(1);
        String hash = headers(record).get("ce_hash");

        assertThat(record.key()).isEqualTo("task-1");
        assertThat(record.value())
                .isEqualTo("{\"task_id\":\"task-1\",\"name\":\"name 1\",\"at\":\"2026-01-02T03:04:05.678Z\"}");
        assertThat(headers(record))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("content-type", "application/json"),
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", headers(record).get("ce_id")),
                        Map.entry("ce_type", "io.opsflow.task.renamed.v1"),
                        Map.entry("ce_source", "/opsflow/v1/task"),
                        Map.entry("ce_subject", "task-1"),
                        Map.entry("ce_time", "2026-01-02T03:04:05.678Z"),
                        Map.entry("ce_sequence", "1"),
                        Map.entry("ce_globalindex", "2"),
                        Map.entry("ce_hash", hash),
                        Map.entry("ce_domainid", "domain-1"),
                        Map.entry("ce_workspaceid", "workspace-1"),
                        Map.entry("ce_projectid", ""),
                        Map.entry("ce_actor", "user-1"),
                        Map.entry("ce_actorkind", "USER"),
                        Map.entry("ce_requestid", "request-1"),
                        Map.entry("ce_correlationid", "correlation-1"),
                        Map.entry("ce_requestlast", "true")));
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(UUID.fromString(headers(record).get("ce_id"))).isNotNull();
    }

    @Test
    void theTopicHasTwelvePartitionsKeepsForEverAndAnAggregateStaysInOneInOrder() throws Exception {
        int aggregates = 40;
        int each = 30;
        for (int i = 0; i < each; i++) {
            for (int a = 0; a < aggregates; a++) {
                append(renamed("task-" + a, i));
            }
        }

        Map<String, List<String>> sequences = new TreeMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        received(aggregates * each).forEach(record -> {
            sequences
                    .computeIfAbsent(record.key(), key -> new ArrayList<>())
                    .add(headers(record).get("ce_sequence"));
            assertThat(partitions.merge(record.key(), record.partition(), (one, other) -> one))
                    .isEqualTo(record.partition());
        });
        List<String> inOrder =
                IntStream.range(0, each).mapToObj(Integer::toString).toList();
        assertThat(sequences)
                .hasSize(aggregates)
                .allSatisfy((key, seen) -> assertThat(seen).isEqualTo(inOrder));

        try (Admin admin = admin()) {
            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get()
                            .get(topic)
                            .partitions())
                    .hasSize(12);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
            assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
            assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
        }
    }

    @Test
    void theLargestEventPasses() {
        append(event("task-1", 0, new TaskDescribed("task-1", "ü".repeat(1_000_000), AT)));

        assertThat(received(1).getFirst().value()).hasSizeGreaterThan(1_000_000);
    }

    @Test
    void whatIsAppendedTogetherIsOneRequestToTheBroker() throws JMException {
        int tasks = 1;
        append(renamed("task-1", 0));
        List<Double> requests = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            received(tasks);
            double before = requests();
            append(IntStream.rangeClosed(tasks + 1, tasks + 50)
                    .mapToObj(task -> renamed("task-" + task, 0))
                    .toArray(DomainEventMessage[]::new));
            tasks += 50;
            received(tasks);
            requests.add(requests() - before);
        }
        // Not in all of them: now and then the producer also asks what there is to know of the topic.
        assertThat(requests.stream().filter(sent -> sent == 1)).hasSizeGreaterThan(20);
    }

    private static double requests() throws JMException {
        return (double) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("kafka.producer:type=producer-metrics,client-id=opsflow-relay"),
                        "request-total");
    }

    @Test
    void aBrokerThatIsAwayIsWaitedForAndNothingIsLost() {
        append(renamed("task-1", 0));
        received(1);
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(gauge("opsflow.relay.position")).isEqualTo(1));
        broker.pause();
        try {
            for (int i = 1; i <= 50; i++) {
                append(renamed("task-1", i));
            }
            await().atMost(SECONDS).untilAsserted(() -> {
                assertThat(health().getStatus()).isEqualTo(new Status("DEGRADED"));
                assertThat(health().getDetails()).containsEntry("lag", 50L);
                assertThat(gauge("opsflow.relay.lag")).isPositive();
                assertThat(gauge("opsflow.relay.waiting")).isPositive();
            });
        } finally {
            broker.restart();
        }

        assertThat(distinctSequences(received(51))).hasSize(51);
        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(Status.UP);
            assertThat(gauge("opsflow.relay.position")).isEqualTo(51);
            assertThat(gauge("opsflow.store.position")).isEqualTo(51);
            assertThat(gauge("opsflow.relay.lag.events")).isZero();
            assertThat(gauge("opsflow.relay.lag")).isZero();
            assertThat(gauge("opsflow.relay.waiting")).isZero();
            assertThat(gauge("opsflow.relay.stopped")).isZero();
        });
    }

    /** More than it takes into memory at once; see TailStreamTest. */
    @Test
    void whatIsLargeIsWaitedForTooAndAllOfItIsSent() {
        append(renamed("task-1", 0));
        received(1);
        broker.pause();
        try {
            String large = "x".repeat(250_000);
            for (int i = 1; i <= LARGE_ONES; i++) {
                append(event("task-1", i, new TaskDescribed("task-1", large, AT)));
            }
        } finally {
            broker.restart();
        }
        assertThat(distinctSequences(received(1 + LARGE_ONES)))
                .isEqualTo(IntStream.rangeClosed(0, LARGE_ONES)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void aNodeStartsAndServesWithoutABrokerAndStopsWithinSeconds() {
        node.close();
        broker.pause();
        try {
            node = node();
            append(renamed("task-1", 0));
            long began = System.nanoTime();
            node.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        } finally {
            broker.restart();
        }
        node = node();
        assertThat(distinctSequences(received(1))).containsExactly("0");
    }

    @Test
    void aRelayGoesOnWhereTheLastOneStopped() {
        append(renamed("task-1", 0), renamed("task-1", 1));
        received(2);
        node.close();
        node = node();
        append(renamed("task-1", 2));

        assertThat(received(3))
                .extracting(record -> headers(record).get("ce_sequence"))
                .containsExactly("0", "1", "2");
    }

    @Test
    void twoNodesShareOneRelayAndTheSecondTakesOver() {
        try (ConfigurableApplicationContext second = node()) {
            append(renamed("task-1", 0));
            received(1);
            node.close();
            append(second, renamed("task-1", 1));

            assertThat(distinctSequences(received(2))).containsExactly("0", "1");
        }
    }

    @Test
    void oneRelayIsActiveAndAnotherProcessTakesOverWithin15SecondsOfItsDeath() throws Exception {
        node.close();
        NodeProcess active = NodeProcess.start(database, url, broker.bootstrapServers(), topic);
        try {
            String owner = await().atMost(SECONDS.multipliedBy(3)).until(this::relayOwner, Objects::nonNull);
            node = node();
            for (int i = 0; i < 100; i++) {
                append(renamed("task-1", i));
            }
            received(100);
            assertThat(relayOwner()).as("the second node waits").isEqualTo(owner);
        } finally {
            active.kill();
        }
        append(renamed("task-1", 100));

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(gauge("opsflow.relay.position")).isEqualTo(101));
        assertThat(distinctSequences(received(101))).hasSize(101);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aNodeWithAnotherTopicRelaysThereFromTheBeginning() {
        append(renamed("task-1", 0), renamed("task-1", 1));
        received(2);
        node.close();
        topic = "events-" + UUID.randomUUID();
        consumer.unsubscribe();
        records.clear();
        node = node();

        assertThat(distinctSequences(received(2))).containsExactly("0", "1");
        assertThat(positions()).hasSize(2).allMatch(name -> name.startsWith("relay:events-"));
    }

    @Test
    void thePositionOfBeforeIsThatOfTheTopicOfBefore() {
        node.close();
        url = CommandSide.emptyDatabase(database);
        Flyway.configure()
                .dataSource(url, database.user(), database.password())
                .schemas("event_store")
                .locations("classpath:db/eventstore")
                .target("1")
                .load()
                .migrate();
        jdbc().sql("insert into token_entry (processor_name, segment, timestamp) values ('relay', 0, '')")
                .update();
        node = node();

        assertThat(positions()).contains("relay:opsflow.events").doesNotContain("relay");
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(
                new DriverManagerDataSource(url + "?currentSchema=event_store", database.user(), database.password()));
    }

    private List<String> positions() {
        return jdbc().sql("select processor_name from token_entry where processor_name like 'relay%'")
                .query(String.class)
                .list();
    }

    private @Nullable String relayOwner() {
        return jdbc().sql(
                        "select owner from token_entry where processor_name = 'relay:' || :topic and owner is not null")
                .param("topic", topic)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    @Test
    void anEventThatTheBrokerRefusesStopsTheRelayVisiblyAndNothingOvertakesIt() throws Exception {
        append(renamed("task-1", 0));
        received(1);
        limitRecords(1_000);
        append(event("task-1", 1, new TaskDescribed("task-1", "x".repeat(5_000), AT)), renamed("task-1", 2));
        for (int i = 3; i < 60; i++) {
            append(renamed("task-1", i), renamed("task-" + i, 0));
        }

        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(new Status("DEGRADED"));
            assertThat(String.valueOf(health().getDetails().get("problem"))).contains("stopped at or before event");
            assertThat(health().getDetails()).containsEntry("position", 1L).containsEntry("lag", 116L);
            assertThat(gauge("opsflow.relay.lag.events")).isEqualTo(116);
        });
        append(renamed("task-1", 60));
        assertThat(distinctSequences(of("task-1", onTheTopicNow())))
                .as("while it stands")
                .containsExactly("0");
        limitRecords(4 * 1024 * 1024);

        List<ConsumerRecord<String, String>> all = received(118);
        assertThat(distinctSequences(of("task-1", all))).containsExactlyElementsOf(sequences(60));
        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(health().getStatus()).isEqualTo(Status.UP);
            assertThat(gauge("opsflow.relay.position")).isEqualTo(118);
        });
    }

    @Test
    void anEventThatTheBrokerRefusesStopsTheRelayAlsoWhenItIsSentInOneRequestWithOthers() throws Exception {
        append(renamed("task-1", 0));
        received(1);
        limitRecords(2_000);
        append(IntStream.rangeClosed(1, 40)
                .mapToObj(i -> i == 21
                        ? event("task-1", i, new TaskDescribed("task-1", "x".repeat(5_000), AT))
                        : renamed("task-1", i))
                .toArray(DomainEventMessage<?>[]::new));

        await().atMost(SECONDS)
                .untilAsserted(
                        () -> assertThat(String.valueOf(health().getDetails().get("problem")))
                                .contains("stopped at or before event"));
        assertThat(distinctSequences(of("task-1", onTheTopicNow())))
                .as("while it stands")
                .containsExactlyElementsOf(sequences(20));
        limitRecords(4 * 1024 * 1024);

        assertThat(distinctSequences(of("task-1", received(41)))).containsExactlyElementsOf(sequences(40));
    }

    private static List<String> sequences(int last) {
        return IntStream.rangeClosed(0, last).mapToObj(Integer::toString).toList();
    }

    @Test
    void noNodeSaysThatTheRelayStandsStillOnceOneOfThemHasGoneOn() throws Exception {
        append(renamed("task-1", 0));
        received(1);
        try (ConfigurableApplicationContext second = node()) {
            List<ConfigurableApplicationContext> nodes = List.of(node, second);
            limitRecords(1_000);
            append(event("task-1", 1, new TaskDescribed("task-1", "x".repeat(5_000), AT)));
            await().atMost(SECONDS)
                    .untilAsserted(() -> assertThat(nodes).allSatisfy(each -> {
                        assertThat(health(each).getStatus()).isEqualTo(new Status("DEGRADED"));
                        assertThat(gauge(each, "opsflow.relay.stopped")).isEqualTo(1);
                    }));

            limitRecords(4 * 1024 * 1024);

            await().atMost(SECONDS.multipliedBy(3))
                    .untilAsserted(() -> assertThat(nodes).allSatisfy(each -> {
                        assertThat(health(each).getStatus()).isEqualTo(Status.UP);
                        assertThat(gauge(each, "opsflow.relay.stopped")).isZero();
                    }));
        }
    }

    private List<ConsumerRecord<String, String>> onTheTopicNow() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(20)).forEach(records::add);
        }
        return records;
    }

    private static List<ConsumerRecord<String, String>> of(String key, List<ConsumerRecord<String, String>> records) {
        return records.stream().filter(record -> record.key().equals(key)).toList();
    }

    /** Returns when the broker goes by it, which is later than that it is decided. */
    private void limitRecords(int bytes) throws Exception {
        ConfigResource ofTopic = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            ofTopic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            await().atMost(SECONDS)
                    .until(() -> admin.describeConfigs(List.of(ofTopic))
                            .values()
                            .get(ofTopic)
                            .get()
                            .get("max.message.bytes")
                            .value()
                            .equals(Integer.toString(bytes)));
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private void append(DomainEventMessage<?>... events) {
        append(node, events);
    }

    private static void append(ConfigurableApplicationContext node, DomainEventMessage<?>... events) {
        node.getBean(EventStore.class).publish(events);
    }

    private static DomainEventMessage<?> renamed(String taskId, long sequence) {
        return event(taskId, sequence, new TaskRenamed(taskId, "name " + sequence, AT));
    }

    private static DomainEventMessage<?> event(String taskId, long sequence, Object payload) {
        MetaData metaData = MetaData.from(Map.of(
                        EventMetadata.ACTOR, "user-1",
                        EventMetadata.ACTOR_KIND, "USER",
                        EventMetadata.REQUEST_ID, "request-1",
                        EventMetadata.CORRELATION_ID, "correlation-1"))
                .mergedWith(new EventScope("domain-1", "workspace-1", "").asMetaData());
        return new GenericDomainEventMessage<>("Task", taskId, sequence, payload, metaData);
    }

    private Health health() {
        return health(node);
    }

    private static Health health(ConfigurableApplicationContext node) {
        return node.getBean(RelayHealth.class).health();
    }

    private double gauge(String name) {
        return gauge(node, name);
    }

    private static double gauge(ConfigurableApplicationContext node, String name) {
        return node.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    /** Everything on the topic, once it holds this many different events. */
    private List<ConsumerRecord<String, String>> received(int distinct) {
        if (consumer.assignment().isEmpty()) {
            await().atMost(SECONDS)
                    .until(() -> consumer.listTopics(Duration.ofSeconds(5)).containsKey(topic));
            consumer.assign(IntStream.range(0, 12)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
        }
        long deadline = System.nanoTime() + SECONDS.multipliedBy(2).toNanos();
        while (ids().distinct().count() < distinct && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(20)).forEach(records::add);
        }
        assertThat(ids().distinct()).hasSize(distinct);
        return records;
    }

    private Stream<String> ids() {
        return records.stream().map(record -> headers(record).get("ce_id"));
    }

    private static List<String> distinctSequences(List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .map(record -> headers(record).get("ce_sequence"))
                .distinct()
                .toList();
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
