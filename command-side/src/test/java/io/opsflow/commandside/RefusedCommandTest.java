package io.opsflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.DeleteTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.commandside.eventstore.AggregateCache;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.task.Task;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class RefusedCommandTest {

    private static final String TASK = "task-000000000001";
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final Caller STRANGER = new Caller(
            Role.WORKSPACE_OWNER, ActorKind.USER, "kim@example.com", "domain-1", "workspace-2", null, List.of());

    @Test
    void aRefusalLeavesTheTaskInMemoryAsItIsInTheStore() {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String url = CommandSide.emptyDatabase(server);
            try (ConfigurableApplicationContext one = CommandSide.start(server, url, broker.bootstrapServers());
                    ConfigurableApplicationContext other = CommandSide.start(server, url, broker.bootstrapServers())) {
                append(other, 0, created());
                assertRefused(one);
                assertKnown(one, 0);
                assertRefused(one);
                assertKnown(one, 0);

                append(other, 1, new TaskRenamed(TASK, "other", AT));
                assertRefused(one);
                assertKnown(one, 1);
            }
        }
    }

    private static void assertKnown(ConfigurableApplicationContext node, long version) {
        AggregateCache.Cached<Task> known = node.getBean(AggregateCache.class).get(TASK, Task.class);
        assertThat(known).isNotNull();
        assertThat(known.version()).isEqualTo(version);
    }

    private static void assertRefused(ConfigurableApplicationContext node) {
        assertThatThrownBy(() -> node.getBean(CommandGateway.class).sendAndWait(new DeleteTask(TASK), metaData()))
                .isInstanceOf(ApiException.class);
    }

    private static void append(ConfigurableApplicationContext node, long sequence, Object event) {
        node.getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Task",
                        TASK,
                        sequence,
                        event,
                        metaData().mergedWith(new EventScope("domain-1", "workspace-1", "project-1").asMetaData())));
    }

    private static MetaData metaData() {
        return MetaData.from(Map.of(
                EventMetadata.CALLER, STRANGER,
                EventMetadata.ACTOR, STRANGER.userId(),
                EventMetadata.ACTOR_KIND, STRANGER.kind().name(),
                EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                EventMetadata.CORRELATION_ID, "correlation-1"));
    }

    private static TaskCreated created() {
        return new TaskCreated(
                TASK,
                "Disk full",
                new TaskStatus("status-000000000001", "To Do", StatusType.TODO),
                Priority.MEDIUM,
                "",
                List.of(),
                Mentions.NONE,
                "",
                Json.mapper().createObjectNode(),
                "kim@example.com",
                "domain-1",
                "workspace-1",
                "project-1",
                "category-000000000001",
                "task-type-000000000001",
                null,
                null,
                AT);
    }
}
