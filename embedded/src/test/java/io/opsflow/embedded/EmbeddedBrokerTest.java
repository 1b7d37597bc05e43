package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @Test
    void whatWasAcknowledgedIsThereAfterARestartOnOtherPorts(@TempDir Path directory) throws Exception {
        Path home = directory.resolve("kafka");
        String before;
        try (EmbeddedBroker broker = EmbeddedBroker.start(home)) {
            before = broker.bootstrapServers();
            Records.createTopic(broker);
            Records.send(broker, "first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(home)) {
            assertThat(broker.bootstrapServers()).isNotEqualTo(before).startsWith("127.0.0.1:");
            assertThat(Records.read(broker, 1)).containsExactly("first");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void whoDoesNotKnowThePasswordGetsNothing(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"))) {
            Map<String, Object> stranger = new HashMap<>(broker.clientSettings());
            stranger.compute(
                    "sasl.jaas.config",
                    (name, login) ->
                            String.valueOf(login).replaceFirst("password=\"[0-9a-f]+\"", "password=\"guessed\""));
            assertThat(stranger).isNotEqualTo(broker.clientSettings());
            try (Admin admin = Admin.create(stranger)) {
                assertThatThrownBy(() -> admin.listTopics().names().get(1, TimeUnit.MINUTES))
                        .hasRootCauseInstanceOf(SaslAuthenticationException.class);
            }
            Map<String, Object> nobody = Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "default.api.timeout.ms",
                    5_000,
                    "request.timeout.ms",
                    4_000);
            try (Admin admin = Admin.create(nobody)) {
                assertThatThrownBy(() -> admin.listTopics().names().get(1, TimeUnit.MINUTES))
                        .hasRootCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void afterAPauseItListensOnTheSamePortAgainAndATopicIsOnlyWhatSomeoneCreated() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            assertThatThrownBy(() -> Records.sendInVain(broker, "lost"))
                    .hasMessageContaining("not present in metadata");
            Records.createTopic(broker);
            Records.send(broker, "first");
            String address = broker.bootstrapServers();
            broker.pause();
            assertThatThrownBy(() -> Records.sendInVain(broker, "lost"))
                    .hasMessageContaining("not present in metadata");
            broker.restart();
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            Records.send(broker, "second");
            assertThat(Records.read(broker, 2)).containsExactly("first", "second");
        }
    }
}
