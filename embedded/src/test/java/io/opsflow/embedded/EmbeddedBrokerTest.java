package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
