package io.opsflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.web.setting.WrongSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static final String NO_BROKER = "127.0.0.1:1";

    private static EmbeddedDatabase server;

    @TempDir
    Path directory;

    @BeforeAll
    static void startTheServer() {
        server = EmbeddedDatabase.temporary();
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event-store.url=                         | OPSFLOW_EVENT_STORE_URL is not set",
                "event-store.url=jdbc:mysql://localhost/x | OPSFLOW_EVENT_STORE_URL is no JDBC URL",
                "event-store.url=jdbc:postgresql://127.0.0.1:1/x | OPSFLOW_EVENT_STORE_URL did not answer",
                "kafka.bootstrap=                         | OPSFLOW_KAFKA_BOOTSTRAP is not set",
                "kafka.bootstrap=localhost                | OPSFLOW_KAFKA_BOOTSTRAP must be host:port",
            })
    void aMissingOrWrongSettingIsNamedInOneSentence(String setting, String sentence) {
        assertThatThrownBy(() -> start("opsflow." + setting))
                .rootCause()
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aSettingOfAnotherFormIsNamedAndItsValueIsNotPrinted(CapturedOutput output) {
        assertThatThrownBy(() -> start("opsflow.event-store.cache-size=s3cret"));

        assertThat(output.getAll())
                .contains("OPSFLOW_EVENT_STORE_CACHE_SIZE must be a size, such as 64MB.")
                .doesNotContain("\tat ", "s3cret");
    }

    @Test
    void aPasswordInAFileOpensTheDatabaseAndIsInNoLineOfTheLog(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), server.password() + "\n");

        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            start(
                            "opsflow.event-store.password=",
                            "opsflow.event-store.password-file=" + file,
                            "opsflow.kafka.bootstrap=" + broker.bootstrapServers(),
                            "logging.level.root=debug",
                            "logging.level.com.zaxxer.hikari=trace",
                            "logging.level.org.postgresql=trace",
                            "logging.level.org.springframework.boot.context.properties=trace")
                    .close();
        }

        assertThat(output.getAll()).contains(" DEBUG ").doesNotContain(server.password());
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return CommandSide.start(server, CommandSide.emptyDatabase(server), NO_BROKER, settings);
    }
}
