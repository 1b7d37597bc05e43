package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.commandside.CommandSide;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** A broker that is away and comes back with the same topic, but without what it had not flushed of one partition. */
class BrokerLossTest {

    private static final String TOPIC = "events";
    private static final Duration SECONDS = Duration.ofSeconds(30);

    /** Of twelve; task-0 has another one. */
    private static final int OF_TASK_1 = 7;

    private EmbeddedDatabase database;
    private EmbeddedBroker broker;
    private ConfigurableApplicationContext node;

    @TempDir
    private Path disk;

    @BeforeEach
    void sendAnEventToEachOfTwoPartitions() {
        database = EmbeddedDatabase.temporary();
        broker = EmbeddedBroker.startOpen(disk, FreePort.find());
        node = CommandSide.start(
                database,
                CommandSide.emptyDatabase(database),
                broker.bootstrapServers(),
                "opsflow.kafka.topic=" + TOPIC);
        append("task-0", 0);
        append("task-1", 0);
        await().atMost(SECONDS).until(() -> gauge("opsflow.relay.position") == 2);
    }

    @AfterEach
    void stop() {
        node.close();
        broker.close();
        database.close();
    }

    @Test
    void isLookedAtBeforeAnythingIsSentToIt() throws Exception {
        TopicVerdict topic = node.getBean(TopicVerdict.class);
        broker.pause();
        await().atMost(SECONDS).until(() -> topic.known().isEmpty());
        append("task-1", 1);
        lose(OF_TASK_1);
        broker.restart();

        assertTheRelayStandsStillBecauseOfEvent(2);
        assertThat(TopicEnds.read(node.getBean(RelaySettings.class)).events()).containsOnlyKeys(1L);
    }

    @Test
    void isSentNothingMoreWhereItWasNotMissed() throws Exception {
        broker.pause();
        append("task-1", 1); // by a producer that sends it as soon as the broker is back
        lose(OF_TASK_1);
        broker.restart();

        assertTheRelayStandsStillBecauseOfEvent(2);
    }

    private void assertTheRelayStandsStillBecauseOfEvent(long event) {
        await().atMost(SECONDS).untilAsserted(() -> {
            assertThat(gauge("opsflow.relay.stopped")).isEqualTo(1);
            assertThat(node.getBean(TopicVerdict.class).problem())
                    .contains("has lost event %d, which it had acknowledged".formatted(event));
            assertThat(node.getBean(RelayHealth.class).health().getStatus()).isEqualTo(new Status("DEGRADED"));
        });
        assertThat(gauge("opsflow.relay.position")).isEqualTo(2);
    }

    private void lose(int partition) throws Exception {
        Path log = disk.resolve(TOPIC + "-" + partition);
        assertThat(Files.exists(log)).isTrue();
        FileSystemUtils.deleteRecursively(log);
    }

    private void append(String taskId, long sequence) {
        MetaData metaData = MetaData.from(Map.of(
                        EventMetadata.ACTOR, "user-1",
                        EventMetadata.ACTOR_KIND, "USER",
                        EventMetadata.REQUEST_ID, "request-1",
                        EventMetadata.CORRELATION_ID, "correlation-1"))
                .mergedWith(new EventScope("domain-1", "workspace-1", "").asMetaData());
        node.getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Task",
                        taskId,
                        sequence,
                        new TaskRenamed(taskId, "name " + sequence, Instant.parse("2026-01-02T03:04:05.678Z")),
                        metaData));
    }

    private double gauge(String name) {
        return node.getBean(MeterRegistry.class).get(name).gauge().value();
    }
}
