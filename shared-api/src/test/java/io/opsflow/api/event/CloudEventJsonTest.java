package io.opsflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.opsflow.api.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CloudEventJsonTest {

    @Test
    void itHasTheAttributesOfTheRecordOnTheTopic() {
        EventRecord record = record("{\"name\":\"Disk\"}");

        JsonNode json = Json.mapper().readTree(CloudEventJson.write(record));

        CloudEvent event = record.toCloudEvent();
        assertThat(json.propertyNames()).containsAll(event.getAttributeNames()).containsAll(event.getExtensionNames());
        for (String name : event.getExtensionNames()) {
            assertThat(json.get(name).stringValue()).isEqualTo(event.getExtension(name));
        }
        assertThat(json.get("specversion").stringValue()).isEqualTo("1.0");
        assertThat(json.get("id").stringValue()).isEqualTo("id-1");
        assertThat(json.get("source").stringValue()).isEqualTo("/opsflow/v1/task");
        assertThat(json.get("type").stringValue()).isEqualTo("io.opsflow.task.renamed.v1");
        assertThat(json.get("datacontenttype").stringValue()).isEqualTo("application/json");
        assertThat(json.get("subject").stringValue()).isEqualTo("task-1");
        assertThat(json.get("time").stringValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.at("/data/name").stringValue()).isEqualTo("Disk");
    }

    @Test
    void thePayloadKeepsItsDigitsAndTheOrderOfItsMembers() {
        String payload = "{\"b\":1.50,\"a\":12e2,\"c\":[0.0000001,12345678901234567890]}";

        assertThat(CloudEventJson.write(record(payload))).endsWith(",\"data\":" + payload + "}");
    }

    @Test
    void aPayloadMayHoldLongNamesAndNumbers() {
        String payload = "{\"%s\":0.%s}".formatted("n".repeat(200_000), "3".repeat(1_500));

        assertThat(CloudEventJson.write(record(payload))).endsWith(",\"data\":" + payload + "}");
    }

    @Test
    void itIsOneLine() {
        String line = CloudEventJson.write(record("{\n\"name\":\r\n\"a\\nb\"}"));

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(Json.mapper().readTree(line).at("/data/name").stringValue()).isEqualTo("a\nb");
    }

    @Test
    void aPayloadThatIsNoJsonIsAString() {
        for (String payload : new String[] {"", "nonsense", "{\"name\":", "{} {}"}) {
            JsonNode json = Json.mapper().readTree(CloudEventJson.write(record(payload)));

            assertThat(json.get("data").stringValue()).isEqualTo(payload);
        }
    }

    private static EventRecord record(String payload) {
        return new EventRecord(
                "id-1",
                "task.renamed",
                1,
                "task-1",
                2,
                3,
                Instant.parse("2026-01-02T03:04:05Z"),
                "domain-1",
                "workspace-1",
                "project-1",
                "kim@example.com",
                "USER",
                "request-1",
                "correlation-1",
                true,
                "",
                "00ff",
                payload);
    }
}
