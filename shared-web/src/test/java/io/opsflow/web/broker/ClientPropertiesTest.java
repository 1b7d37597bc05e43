package io.opsflow.web.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.opsflow.web.setting.SettingCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {

    private static final String LOGIN =
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=%s\n";

    private final SettingCheck check = new SettingCheck();

    @TempDir
    Path directory;

    @Test
    void theyAreWhatStandsInTheirFileAndDoNotPrintThemselves() throws IOException {
        ClientProperties properties = read("bootstrap.servers=elsewhere:1\nsecurity.protocol=SASL_PLAINTEXT\n"
                + "sasl.mechanism=PLAIN\n# by hand\n" + LOGIN.formatted("\\\n  \"s3cret\";"));

        check.end();
        assertThat(properties).isNotNull();
        assertThat(properties.values())
                .containsOnlyKeys("security.protocol", "sasl.mechanism", "sasl.jaas.config")
                .hasEntrySatisfying(
                        "sasl.jaas.config", login -> assertThat(login).endsWith("password=\"s3cret\";"));
        assertThat(properties.toString()).doesNotContain("s3cret");
        assertThat(new BrokerAccess("here:1", properties).client(Map.of("acks", "all")))
                .contains(entry("acks", "all"), entry("bootstrap.servers", "here:1"), entry("sasl.mechanism", "PLAIN"));
    }

    @Test
    void whereThereAreNoneAClientHasItsOwnSettings() {
        assertThat(ClientProperties.read(check, "OPSFLOW_P", null)).isNull();
        assertThat(ClientProperties.read(check, "OPSFLOW_P", ClientProperties.of(" ")))
                .isNull();
        check.end();
        assertThat(new BrokerAccess("here:1", null).client(Map.of("acks", "all")))
                .containsOnly(entry("acks", "all"), entry("bootstrap.servers", "here:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transactional.id=s3cret",
                "partitioner.ignore.keys=true",
                "retries=0",
                "group.instance.id=one",
                "ssl.keystore.key=-----BEGIN PRIVATE KEY-----\ns3cret",
            })
    void whatAClientDoesIsNotTheirBusiness(String line) throws IOException {
        read(line);

        assertThatThrownBy(check::end)
                .hasMessageStartingWith("OPSFLOW_P names a file with 1 settings that are not about access")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Hu\"s3cret\";",
                "\"s3cret\"",
                "\"u\" s3cret;",
            })
    void aLoginThatCannotBeReadIsNamedAndNotRepeated(String password) throws IOException {
        read("security.protocol=SASL_SSL\n" + LOGIN.formatted(password));

        assertThatThrownBy(check::end)
                .hasMessage("OPSFLOW_P names a file with settings that Kafka does not take: sasl.jaas.config.");
    }

    @Test
    void allThatKafkaDoesNotTakeIsNamed() throws IOException {
        read(
                "security.protocol=s3cret\nssl.truststore.location=/no/such/file\nsocket.connection.setup.timeout.ms=long");

        assertThatThrownBy(check::end)
                .hasMessage(
                        "OPSFLOW_P names a file with settings that Kafka does not take: security.protocol, socket.connection.setup.timeout.ms, ssl.truststore.location.");
    }

    @Test
    void aLoginIsMissedWhereTheProtocolWantsOne() throws IOException {
        read("security.protocol=sasl_ssl");

        assertThatThrownBy(check::end).hasMessageEndingWith("does not take: sasl.jaas.config.");
    }

    @Test
    void whatAProviderKnowsIsLeftToKafka() throws IOException {
        read(
                "config.providers=env\nconfig.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider\n"
                        + "security.protocol=${env:PROTOCOL}\nsasl.jaas.config=${env:LOGIN}");

        check.end();
    }

    @Test
    void aFileThatHoldsNoPropertiesIsNamed() throws IOException {
        read("a=\\u12");
        ClientProperties.read(check, "OPSFLOW_Q", ClientProperties.of("missing"));

        assertThatThrownBy(check::end)
                .hasMessage("OPSFLOW_P names a file that is no properties.\n"
                        + "OPSFLOW_Q names no file that can be read (NoSuchFileException).");
    }

    private @Nullable ClientProperties read(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), content);
        return ClientProperties.read(check, "OPSFLOW_P", ClientProperties.of(file.toString()));
    }
}
