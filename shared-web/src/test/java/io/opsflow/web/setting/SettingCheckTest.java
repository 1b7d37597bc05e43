package io.opsflow.web.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingCheckTest {

    private final SettingCheck check = new SettingCheck();

    @TempDir
    Path directory;

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        check.isSet("OPSFLOW_A", " ", "the first letter")
                .isAtLeast("OPSFLOW_B", 0, 1)
                .isAtLeast("OPSFLOW_C", Duration.ofHours(23), "24h")
                .isTopic("OPSFLOW_D", "a topic")
                .isNotBlank("OPSFLOW_E", " ")
                .isPostgresUrl("OPSFLOW_F", "jdbc:mysql://localhost/x", url -> true);

        assertThatThrownBy(check::end)
                .isInstanceOfSatisfying(
                        WrongSetting.class,
                        wrong -> assertThat(wrong.sentences())
                                .containsExactly(
                                        "OPSFLOW_A is not set: it is the first letter.",
                                        "OPSFLOW_B must be 1 or more.",
                                        "OPSFLOW_C must be 24h or longer.",
                                        "OPSFLOW_D must be letters, digits, dots, underscores and hyphens, at most 249.",
                                        "OPSFLOW_E must not be blank.",
                                        "OPSFLOW_F is no JDBC URL of PostgreSQL, such as jdbc:postgresql://localhost:5432/opsflow."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9092", " a:1 , b.example.com:65535 ", "[::1]:9092", "10.0.0.1:9092,10.0.0.2:9092"})
    void brokersAreHostAndPort(String brokers) {
        check.areBrokers("OPSFLOW_KAFKA_BOOTSTRAP", brokers).end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":9092", "a:1,", "a:1 b:2", "http://a:1", "::1:9092"})
    void whatIsNotHostAndPortIsNoBroker(String brokers) {
        check.areBrokers("OPSFLOW_KAFKA_BOOTSTRAP", brokers);

        assertThatThrownBy(check::end).hasMessageContaining("OPSFLOW_KAFKA_BOOTSTRAP must be host:port");
    }

    @Test
    void aSecretIsItsFilesTextWithoutTheEndOfItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), " pass word \r\n");

        Secret secret = check.secret("OPSFLOW_PASSWORD", null, file.toString());

        check.end();
        assertThat(Secret.text(secret)).isEqualTo(" pass word ");
        assertThat(secret).hasToString("(secret)");
    }

    @Test
    void aSecretMayBeGivenByItself() {
        assertThat(check.secret("OPSFLOW_PASSWORD", new Secret("s3cret"), "")).isEqualTo(new Secret("s3cret"));
        assertThat(check.secret("OPSFLOW_PASSWORD", new Secret(""), null)).isNull();
        check.end();
    }

    @Test
    void aSecretAndItsFileAreOneTooMany() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "s3cret");
        check.secret("OPSFLOW_PASSWORD", new Secret("s3cret"), file.toString());

        assertThatThrownBy(check::end)
                .hasMessage("OPSFLOW_PASSWORD and OPSFLOW_PASSWORD_FILE are both set: one of them has to go.");
    }

    @Test
    void aFileThatHoldsNoSecretIsNamed() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        Path missing = directory.resolve("missing");
        check.secret("OPSFLOW_A", null, empty.toString());
        check.secret("OPSFLOW_B", null, binary.toString());
        check.secret("OPSFLOW_C", null, missing.toString());
        check.secret("OPSFLOW_D", null, directory.toString());

        assertThatThrownBy(check::end)
                .isInstanceOfSatisfying(
                        WrongSetting.class,
                        wrong -> assertThat(wrong.sentences())
                                .containsExactly(
                                        "OPSFLOW_A_FILE names an empty file.",
                                        "OPSFLOW_B_FILE names a file that is no text in UTF-8.",
                                        "OPSFLOW_C_FILE names no file that can be read (NoSuchFileException).",
                                        "OPSFLOW_D_FILE names no file that can be read (IOException)."));
    }
}
