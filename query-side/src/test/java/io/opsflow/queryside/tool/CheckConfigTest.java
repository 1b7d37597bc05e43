package io.opsflow.queryside.tool;

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
            "opsflow.read-model.url", "jdbc:postgresql://db/x?user=me&password=s3cret",
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
                "read-model.pool-size | 0 | OPSFLOW_READ_MODEL_POOL_SIZE must be 1 or more.",
                "read-model.password-file | /no/such/file | OPSFLOW_READ_MODEL_PASSWORD_FILE names no file that can be read (NoSuchFileException).",
                "kafka.bootstrap | kafka: | OPSFLOW_KAFKA_BOOTSTRAP must be host:port, or several with commas between, such as localhost:9092.",
                "kafka.properties | /no/such/file | OPSFLOW_KAFKA_PROPERTIES names no file that can be read (NoSuchFileException).",
                "kafka.topic | a topic | OPSFLOW_KAFKA_TOPIC must be letters, digits, dots, underscores and hyphens, at most 249.",
                "feed.batch | 0 | OPSFLOW_FEED_BATCH must be 1 or more.",
                "feed.consumers | 0 | OPSFLOW_FEED_CONSUMERS must be 1 or more.",
                "feed.group | ' ' | OPSFLOW_FEED_GROUP must not be blank.",
                "query.pool-size | 0 | OPSFLOW_QUERY_POOL_SIZE must be 1 or more.",
                "query.time-limit | 0s | OPSFLOW_QUERY_TIME_LIMIT must be 1ms or longer.",
                "consistency.limit | -1s | OPSFLOW_CONSISTENCY_LIMIT must be 0ms or longer.",
                "subscription.limit | -1 | OPSFLOW_SUBSCRIPTION_LIMIT must be 0 or more.",
                "subscription.heartbeat | 0s | OPSFLOW_SUBSCRIPTION_HEARTBEAT must be 1ms or longer.",
                "files.download-url | /{file} | OPSFLOW_FILES_DOWNLOAD_URL may name {file_id}, {task_id}, {domain_id}, {workspace_id} and {project_id}, and nothing else in braces.",
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
                "opsflow.feed.batch", "many",
                "opsflow.read-model.pool-size", "0",
                "opsflow.read-model.url", "jdbc:mysql://db/x",
                "opsflow.query.time-limit", "0s"));

        assertThat(result.lines())
                .containsExactly(
                        "OPSFLOW_FEED_BATCH must be a whole number.",
                        "OPSFLOW_QUERY_TIME_LIMIT must be 1ms or longer.",
                        "OPSFLOW_READ_MODEL_URL is no JDBC URL of PostgreSQL, such as jdbc:postgresql://localhost:5432/opsflow.",
                        "OPSFLOW_READ_MODEL_POOL_SIZE must be 1 or more.",
                        "The service would not start with these settings.");
    }

    @Test
    void whatIsRightIsShownWithoutItsSecrets() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret");
        Result fromFile = check(Map.of("opsflow.read-model.password-file", file.toString()));
        Result given = check(Map.of("opsflow.read-model.password", "s3cret", "opsflow.read-model.pool-size", "7"));

        assertThat(fromFile.code()).isZero();
        assertThat(fromFile.lines()).noneMatch(line -> line.contains("s3cret"));
        assertThat(given.code()).isZero();
        assertThat(given.lines())
                .map(line -> line.replaceFirst(" +", " "))
                .contains(
                        "OPSFLOW_READ_MODEL_URL jdbc:postgresql://db/x?user=me&password=(secret)",
                        "OPSFLOW_READ_MODEL_PASSWORD (secret)",
                        "OPSFLOW_READ_MODEL_PASSWORD_FILE (not set)",
                        "OPSFLOW_READ_MODEL_POOL_SIZE 7",
                        "OPSFLOW_KAFKA_TOPIC opsflow.events (default)")
                .last()
                .isEqualTo("The settings are right.");
    }

    private static Result check(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(RIGHT);
        settings.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Tools.of(QuerySideTools.ALL)
                .run(List.of(Tools.CHECK_CONFIG), settings, new PrintStream(out, true), System.err);
        return new Result(code, out.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
