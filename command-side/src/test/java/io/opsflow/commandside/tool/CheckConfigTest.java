package io.opsflow.commandside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.web.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No server is asked. */
class CheckConfigTest {

    private static final Map<String, Object> RIGHT = Map.of(
            "opsflow.event-store.url", "jdbc:postgresql://db/x?user=me&password=s3cret",
            "opsflow.kafka.bootstrap", "kafka:9092",
            "opsflow.jwks", "https://keys.example.com/jwks.json",
            "opsflow.root-domain", "domain-root");

    @TempDir
    Path directory;

    private record Result(int code, List<String> lines) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event-store.url | postgresql://localhost/x | OPSFLOW_EVENT_STORE_URL is no JDBC URL of PostgreSQL, such as jdbc:postgresql://localhost:5432/opsflow.",
                "event-store.pool-size | 0 | OPSFLOW_EVENT_STORE_POOL_SIZE must be 1 or more.",
                "event-store.pool-size | many | OPSFLOW_EVENT_STORE_POOL_SIZE must be a whole number.",
                "event-store.cache-size | -1MB | OPSFLOW_EVENT_STORE_CACHE_SIZE must be 0 or more.",
                "event-store.keys-kept | 23h | OPSFLOW_EVENT_STORE_KEYS_KEPT must be 24h or longer.",
                "event-store.keys-kept | long | OPSFLOW_EVENT_STORE_KEYS_KEPT must be a time, such as 500ms, 5s or 48h.",
                "event-store.password-file | /no/such/file | OPSFLOW_EVENT_STORE_PASSWORD_FILE names no file that can be read (NoSuchFileException).",
                "kafka.bootstrap | kafka | OPSFLOW_KAFKA_BOOTSTRAP must be host:port, or several with commas between, such as localhost:9092.",
                "kafka.properties | /no/such/file | OPSFLOW_KAFKA_PROPERTIES names no file that can be read (NoSuchFileException).",
                "kafka.topic | a topic | OPSFLOW_KAFKA_TOPIC must be letters, digits, dots, underscores and hyphens, at most 249.",
                "kafka.replication | 0 | OPSFLOW_KAFKA_REPLICATION must be -1, or 1 or more.",
                "files.download-url | /{file} | OPSFLOW_FILES_DOWNLOAD_URL may name {file_id}, {task_id}, {domain_id}, {workspace_id} and {project_id}, and nothing else in braces.",
                "jwks | ftp://keys | OPSFLOW_JWKS names neither a file nor an http(s) URL.",
            })
    void aWrongSettingIsNamedInOneSentence(String setting, String value, String sentence) {
        Result result = check(Map.of("opsflow." + setting, value));

        assertThat(result.lines()).containsExactly(sentence, "The service would not start with these settings.");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void whatKafkaDoesNotTakeIsNamedAndNotRepeated() throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), "security.protocol=s3cret");

        Result result = check(Map.of("opsflow.kafka.properties", file.toString()));

        assertThat(result.lines())
                .containsExactly(
                        "OPSFLOW_KAFKA_PROPERTIES names a file with settings that Kafka does not take: security.protocol.",
                        "The service would not start with these settings.");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Result result = check(Map.of(
                "opsflow.event-store.pool-size", "many",
                "opsflow.event-store.keys-kept", "1h",
                "opsflow.event-store.url", "",
                "opsflow.kafka.topic", "a topic",
                "opsflow.root-domain", ""));

        assertThat(result.lines())
                .containsExactly(
                        "OPSFLOW_ROOT_DOMAIN is not set: it is the id of the domain whose admins are admins of the system.",
                        "OPSFLOW_EVENT_STORE_POOL_SIZE must be a whole number.",
                        "OPSFLOW_EVENT_STORE_URL is not set: it is the JDBC URL of the event store's database.",
                        "OPSFLOW_EVENT_STORE_KEYS_KEPT must be 24h or longer.",
                        "OPSFLOW_KAFKA_TOPIC must be letters, digits, dots, underscores and hyphens, at most 249.",
                        "The service would not start with these settings.");
    }

    @Test
    void whatIsRightIsShownWithoutItsSecrets() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret");
        Result fromFile = check(Map.of("opsflow.event-store.password-file", file.toString()));
        Result given = check(Map.of("opsflow.event-store.password", "s3cret", "opsflow.event-store.pool-size", "7"));

        assertThat(fromFile.code()).isZero();
        assertThat(fromFile.lines()).noneMatch(line -> line.contains("s3cret"));
        assertThat(given.code()).isZero();
        assertThat(given.lines())
                .map(line -> line.replaceFirst(" +", " "))
                .contains(
                        "OPSFLOW_EVENT_STORE_URL jdbc:postgresql://db/x?user=me&password=(secret)",
                        "OPSFLOW_EVENT_STORE_PASSWORD (secret)",
                        "OPSFLOW_EVENT_STORE_PASSWORD_FILE (not set)",
                        "OPSFLOW_EVENT_STORE_POOL_SIZE 7",
                        "OPSFLOW_KAFKA_TOPIC opsflow.events (default)")
                .last()
                .isEqualTo("The settings are right.");
    }

    private static Result check(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(RIGHT);
        settings.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Tools.of(CommandSideTools.ALL)
                .run(List.of(Tools.CHECK_CONFIG), settings, new PrintStream(out, true), System.err);
        return new Result(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
