package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.commandside.CommandSide;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker that wants a password: of the relay that makes the topic, and of everyone else. */
class BrokerAccessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Status DEGRADED = new Status("DEGRADED");

    @TempDir
    Path directory;

    @Test
    void whoHasNotThePasswordIsAwayFromTheBrokerAndSaysWhy() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            Map<String, String> right = broker.clientSettings();
            Map<String, String> wrong = new HashMap<>(right);
            wrong.computeIfPresent(
                    "sasl.jaas.config",
                    (name, login) -> login.replaceFirst("password=\"\\w+\"", "password=\"guessed\""));
            String url = CommandSide.emptyDatabase(database);

            try (ConfigurableApplicationContext stranger = start(database, url, broker, wrong)) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(health(stranger).getStatus()).isEqualTo(DEGRADED);
                    assertThat(health(stranger).getDetails().toString()).contains("Authentication failed");
                });
                try (Admin admin = Admin.create(new HashMap<>(right))) {
                    assertThat(admin.listTopics().names().get()).isEmpty();
                }
            }
            try (ConfigurableApplicationContext node = start(database, url, broker, right);
                    Admin admin = Admin.create(new HashMap<>(right))) {
                await().atMost(PATIENCE).until(() -> admin.listTopics().names().get(), names -> names.size() == 1);
                awaitStatus(node, Status.UP);
                broker.pause();
                awaitStatus(node, DEGRADED); // though it has nothing to send
                broker.restart();
                awaitStatus(node, Status.UP);
            }
        }
    }

    private static void awaitStatus(ConfigurableApplicationContext node, Status status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health(node).getStatus()).isEqualTo(status));
    }

    private static Health health(ConfigurableApplicationContext node) {
        return node.getBean(RelayHealth.class).health();
    }

    private ConfigurableApplicationContext start(
            EmbeddedDatabase database, String url, EmbeddedBroker broker, Map<String, String> access)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(access);
        Path file = directory.resolve("client.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return CommandSide.start(database, url, broker.bootstrapServers(), "opsflow.kafka.properties=" + file);
    }
}
