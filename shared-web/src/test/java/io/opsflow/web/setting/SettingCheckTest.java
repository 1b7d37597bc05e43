package io.opsflow.web.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

    @Test
    void propertiesAreWhatStandsInTheirFileAndDoNotPrintThemselves() throws IOException {
        Path file = Files.writeString(
                directory.resolve("kafka"), "security.protocol=SASL_SSL\nsasl.jaas.config=a \\\n  s3cret;\n# by hand");

        ClientProperties properties = check.properties("OPSFLOW_P", given(file.toString()), found -> List.of());

        check.end();
        assertThat(properties.values())
                .containsOnly(entry("security.protocol", "SASL_SSL"), entry("sasl.jaas.config", "a s3cret;"));
        assertThat(properties.toString()).doesNotContain("s3cret");
        assertThat(check.properties("OPSFLOW_P", given(" "), found -> List.of("all")))
                .isNull();
        assertThat(check.properties("OPSFLOW_P", null, found -> List.of("all"))).isNull();
        check.end();
    }

    @Test
    void aFileThatHoldsNoPropertiesIsNamed() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "security.protocol=s3cret\nacks=all");
        Path escaped = Files.writeString(directory.resolve("escaped"), "a=\\u12");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        check.properties("OPSFLOW_A", given(wrong.toString()), found -> List.copyOf(new TreeSet<>(found.keySet())));
        check.properties("OPSFLOW_B", given(escaped.toString()), found -> List.of());
        check.properties("OPSFLOW_C", given(binary.toString()), found -> List.of());
        check.properties("OPSFLOW_D", given("missing"), found -> List.of());
        check.properties("OPSFLOW_E", given("\0"), found -> List.of());

        assertThatThrownBy(check::end)
                .isInstanceOfSatisfying(
                        WrongSetting.class,
                        refusal -> assertThat(refusal.sentences())
                                .containsExactly(
                                        "OPSFLOW_A names a file with settings that Kafka does not take: acks, security.protocol.",
                                        "OPSFLOW_B names a file that is no properties.",
                                        "OPSFLOW_C names a file that is no text in UTF-8.",
                                        "OPSFLOW_D names no file that can be read (NoSuchFileException).",
                                        "OPSFLOW_E names no file that can be read (InvalidPathException)."));
    }

    @Test
    void whatAClientCannotDoWithoutIsItsOwn() throws IOException {
        Path file = Files.writeString(
                directory.resolve("kafka"), "acks=0\nbootstrap.servers=elsewhere:1\nsecurity.protocol=SSL");
        BrokerAccess brokers =
                new BrokerAccess("here:1", check.properties("OPSFLOW_P", given(file.toString()), found -> List.of()));

        assertThat(brokers.client(Map.of("acks", "all", "retries", 7)))
                .containsOnly(
                        entry("acks", "all"),
                        entry("retries", 7),
                        entry("bootstrap.servers", "here:1"),
                        entry("security.protocol", "SSL"));
        assertThat(new BrokerAccess("here:1", null).client(Map.of()))
                .containsOnly(entry("bootstrap.servers", "here:1"));
    }

    private static ClientProperties given(String file) {
        return ClientProperties.of(file);
    }
}
