package io.opsflow.commandside.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.UpdateTaskCategory;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.commandside.CommandSide;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** One node decides; before it can append, another has changed what it decided by. */
class LostRacesTest {

    private static final String CATEGORY = "category-000000000001";
    private static final Caller ADMIN =
            new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "admin-1", "domain-1", null, null, List.of());

    @Test
    void aCommandThatLosesIsDecidedAgainAndOneThatAlwaysLosesIsAConflict() {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            String url = CommandSide.emptyDatabase(server);
            try (ConfigurableApplicationContext node = CommandSide.start(server, url, broker.bootstrapServers());
                    ConfigurableApplicationContext other = CommandSide.start(server, url, broker.bootstrapServers())) {
                send(node, category());

                assertThat(overtaken(node, other, 3)).isEqualTo(4);
                assertThatThrownBy(() -> overtaken(node, other, Integer.MAX_VALUE))
                        .isInstanceOfSatisfying(ApiException.class, conflict -> {
                            assertThat(conflict.status()).isEqualTo(409);
                            assertThat(conflict.code().name()).isEqualTo("ERROR_CONFLICT");
                        });
            }
        }
    }

    /** After a minute, which the lock's own exception stands for here. */
    @Test
    void whoWaitsTooLongForThoseBeforeHimIsToldToTryAgain() {
        try (EmbeddedDatabase server = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.temporary();
                ConfigurableApplicationContext node =
                        CommandSide.start(server, CommandSide.emptyDatabase(server), broker.bootstrapServers())) {
            send(node, category());
            node.getBean(CommandBus.class).registerHandlerInterceptor((unitOfWork, chain) -> {
                throw new LockAcquisitionFailedException("others have it");
            });

            assertThatThrownBy(() -> send(node, renamed())).isInstanceOfSatisfying(ApiException.class, unavailable -> {
                assertThat(unavailable.status()).isEqualTo(503);
                assertThat(unavailable.code().name()).isEqualTo("ERROR_UNAVAILABLE");
            });
        }
    }

    /** @return how often the command was decided */
    private static int overtaken(ConfigurableApplicationContext node, ConfigurableApplicationContext other, int times) {
        AtomicInteger decisions = new AtomicInteger();
        Registration overtaking = node.getBean(CommandBus.class).registerHandlerInterceptor((unitOfWork, chain) -> {
            Object answer = chain.proceed();
            if (decisions.incrementAndGet() <= times) {
                CompletableFuture.runAsync(
                                () -> send(other, renamed()),
                                task -> Thread.ofVirtual().start(task))
                        .get(1, TimeUnit.MINUTES);
            }
            return answer;
        });
        try {
            send(node, renamed());
            return decisions.get();
        } finally {
            overtaking.cancel();
        }
    }

    private static void send(ConfigurableApplicationContext node, Object command) {
        Members body = Members.of(Json.mapper().createObjectNode());
        Write write = new Write("task-category/update", body, ADMIN, null, null);
        node.getBean(Commands.class).send(command, write, Ids.Kind.TASK_CATEGORY, answered -> {
            throw new IllegalStateException("it has no key");
        });
    }

    private static UpdateTaskCategory renamed() {
        return new UpdateTaskCategory(CATEGORY, "name " + UUID.randomUUID(), null, null, false, null, null);
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
}
