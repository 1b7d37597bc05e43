package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.opsflow.api.event.EventType;
import io.opsflow.api.event.EventTypes;
import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** docs/asyncapi.yaml says of the topic what is on it. */
class AsyncApiTest extends ServiceTest {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");
    private static final Path GOLDEN = Path.of("../shared-api/src/test/resources/golden");

    private final ObjectNode document = document();

    @Test
    void everyEventHasOneMessageAndNothingElseHas() {
        Set<String> described = document.at("/components/messages")
                .valueStream()
                .map(message -> message.get("name").stringValue())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        EventTypes.all().stream().map(EventType::cloudEventType).toList());
        assertThat(document.at("/channels/events/messages").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        document.at("/components/messages").propertyNames());
        assertThat(document.get("asyncapi").stringValue()).startsWith("3.");
    }

    @Test
    void everyPayloadThatWasEverStoredFitsItsSchema() throws Exception {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceAll("(\\.v\\d+).*", "$1");
                fits("io.opsflow." + name, Json.mapper().readTree(Files.readString(file)));
            }
        }
    }

    @Test
    void recordsOfEveryKindFitTheirSchemas() {
        oneOfEveryKind();
        Set<String> missing =
                EventTypes.all().stream().map(EventType::cloudEventType).collect(Collectors.toSet());
        Map<String, Object> settings = new HashMap<>(service().broker().clientSettings());
        settings.put("group.id", id("group"));
        settings.put("auto.offset.reset", "earliest");
        Instant deadline = Instant.now().plusSeconds(300);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("opsflow.events"));
            while (!missing.isEmpty()) {
                assertThat(Instant.now())
                        .as("missing on the topic: %s", missing)
                        .isBefore(deadline);
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    Map<String, String> headers = headers(record);
                    valid("headers", Json.mapper().valueToTree(headers));
                    assertThat(headers.keySet()).isSubsetOf(members("headers"));
                    assertThat(headers.get("ce_subject")).isEqualTo(record.key());
                    fits(headers.get("ce_type"), Json.mapper().readTree(record.value()));
                    missing.remove(headers.get("ce_type"));
                }
            }
        }
    }

    private void fits(String type, JsonNode payload) {
        JsonNode message = document.at("/components/messages")
                .valueStream()
                .filter(each -> each.get("name").stringValue().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not described: " + type));
        String schema = message.at("/payload/$ref").stringValue().replace("#/components/schemas/", "");
        valid(schema, payload);
        assertThat(payload.propertyNames()).as("members of %s", type).isSubsetOf(members(schema));
    }

    private Set<String> members(String schema) {
        return Set.copyOf(
                document.at("/components/schemas/" + schema + "/properties").propertyNames());
    }

    private void valid(String schema, JsonNode value) {
        ObjectNode root = document.deepCopy();
        root.put("$ref", "#/components/schemas/" + schema);
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
        assertThat(compiled.validate(value)).as("%s as %s", value, schema).isEmpty();
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private void oneOfEveryKind() {
        var option = List.of(Map.of("name", "x"));
        var category = ok(admin().post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                "x",
                                "status_options",
                                Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option))));
        String categoryId = category.text("category_id");
        ok(admin().post(
                        "/opsflow/v1/task-category/update",
                        Map.of(
                                "category_id",
                                categoryId,
                                "name",
                                "y",
                                "description",
                                "y",
                                "status_options",
                                Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option),
                                "force",
                                true,
                                "tags",
                                Map.of("a", 1),
                                "package_id",
                                "package-1")));
        String type = ok(admin().post("/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", categoryId)))
                .text("task_type_id");
        ok(admin().post(
                        "/opsflow/v1/task-type/update",
                        Map.of(
                                "task_type_id",
                                type,
                                "name",
                                "y",
                                "description",
                                "y",
                                "assignee_pool",
                                List.of("kim"),
                                "tags",
                                Map.of("a", 1))));
        ok(admin().post(
                        "/opsflow/v1/task-type/update_fields",
                        Map.of("task_type_id", type, "fields", List.of(Map.of("name", "x", "field_type", "TEXT")))));
        ok(admin().post("/opsflow/v1/task-type/delete", Map.of("task_type_id", type)));
        ok(admin().post("/opsflow/v1/task-category/delete", Map.of("category_id", categoryId)));

        String task = ok(owner.task("create", aTask("x"))).text("task_id");
        ok(owner.task(
                "update",
                Map.of(
                        "task_id", task,
                        "name", "y",
                        "priority", "HIGH",
                        "description", "y",
                        "files", List.of("file-1"),
                        "mentions", Map.of("USER", List.of("kim")),
                        "assignee", "kim",
                        "data", Map.of("a", 1),
                        "project_id", "project-2")));
        ok(owner.task("change_status", Map.of("task_id", task, "status_id", Demo.DONE)));
        ok(owner.task("delete", Map.of("task_id", task)));
    }

    private static ApiClient.Answer ok(ApiClient.Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    private static ObjectNode document() {
        try {
            Object yaml = new Yaml().load(Files.readString(DOCUMENT));
            return Json.mapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
