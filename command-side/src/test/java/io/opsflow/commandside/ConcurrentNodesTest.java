package io.opsflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.UpdateTaskCategory;
import io.opsflow.api.json.Json;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class ConcurrentNodesTest {

    private static final String CATEGORY = "category-000000000001";
    private static final int COMMANDS = 40;

    private static final Caller ADMIN =
            new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "admin-1", "domain-1", null, null, List.of());

    @Test
    void aLostRaceIsDecidedAgainSoNoChangeIsLostAndNoneIsRefused() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String url = CommandSide.emptyDatabase(server);
            try (ConfigurableApplicationContext one = CommandSide.start(server, url, broker.bootstrapServers());
                    ConfigurableApplicationContext other = CommandSide.start(server, url, broker.bootstrapServers());
                    ExecutorService callers = Executors.newFixedThreadPool(2)) {
                send(one, category());
                List<Future<?>> sending = new ArrayList<>();
                for (ConfigurableApplicationContext node : List.of(one, other)) {
                    sending.add(callers.submit(() -> {
                        for (int i = 0; i < COMMANDS; i++) {
                            send(node, renamed("name " + UUID.randomUUID()));
                        }
                    }));
                }
                for (Future<?> sent : sending) {
                    sent.get();
                }

                List<? extends DomainEventMessage<?>> events = one.getBean(PostgresEventStorageEngine.class)
                        .readEvents(CATEGORY)
                        .asStream()
                        .toList();
                assertThat(events).hasSize(1 + 2 * COMMANDS);
                assertThat(events)
                        .allSatisfy(event -> assertThat(event.getMetaData())
                                .containsEntry(EventMetadata.ACTOR, "admin-1")
                                .containsEntry(EventMetadata.ACTOR_KIND, "USER")
                                .containsEntry(EventMetadata.CORRELATION_ID, "correlation-1")
                                .containsEntry("domain_id", "domain-1"));
                assertThat(events)
                        .extracting(event -> event.getMetaData().get("request_id"))
                        .doesNotHaveDuplicates();
            }
        }
    }

    private static void send(ConfigurableApplicationContext node, Object command) {
        MetaData metaData = MetaData.from(Map.of(
                EventMetadata.CALLER, ADMIN,
                EventMetadata.ACTOR, ADMIN.userId(),
                EventMetadata.ACTOR_KIND, ADMIN.kind().name(),
                EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                EventMetadata.CORRELATION_ID, "correlation-1"));
        node.getBean(CommandGateway.class).sendAndWait(command, metaData);
    }

    private static CreateTaskCategory category() {
        StatusOption option = new StatusOption("status-000000000001", "x", "", true);
        return new CreateTaskCategory(
                CATEGORY,
                "domain-1",
                "category",
                new StatusOptions(List.of(option), List.of(option), List.of(option)),
                "",
                List.of(),
                Json.mapper().createObjectNode(),
                "");
    }

    private static UpdateTaskCategory renamed(String name) {
        return new UpdateTaskCategory(CATEGORY, name, null, null, false, null, null);
    }
}
