package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written arrives at whoever subscribes, as it happens and again from the beginning. */
class SubscribeApiTest extends ServiceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void whatIsWrittenIsStreamedAndReplayed() throws Exception {
        try (BufferedReader live = subscribe("")) {
            var created = owner.task("create", aTask("Disk full"));
            Map<String, String> id = Map.of("task_id", created.text("task_id"));
            owner.task("update", Map.of("task_id", created.text("task_id"), "assignee", "kim", "priority", "HIGH"));
            owner.task("delete", id);

            List<JsonNode> events = List.of(next(live), next(live), next(live), next(live));
            assertThat(events)
                    .extracting(event -> event.get("type").stringValue())
                    .startsWith("io.opsflow.task.created.v1")
                    .contains("io.opsflow.task.assigned.v1", "io.opsflow.task.prioritized.v1")
                    .endsWith("io.opsflow.task.deleted.v1");
            assertThat(events).allSatisfy(event -> {
                assertThat(event.get("subject").stringValue()).isEqualTo(created.text("task_id"));
                assertThat(event.get("workspaceid").stringValue()).isEqualTo(workspace);
            });
            assertThat(events.getFirst().at("/data/name").stringValue()).isEqualTo("Disk full");

            try (BufferedReader replayed = subscribe("?from=beginning")) {
                for (JsonNode event : events) {
                    assertThat(next(replayed)).isEqualTo(event);
                }
            }
        }
    }

    private BufferedReader subscribe(String query) throws Exception {
        HttpResponse<InputStream> stream = HTTP.send(
                HttpRequest.newBuilder(owner.uri("/opsflow/task/subscribe" + query))
                        .timeout(Duration.ofSeconds(60))
                        .header("Accept", "text/event-stream")
                        .header("Authorization", "Bearer " + owner.token())
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode next(BufferedReader stream) throws Exception {
        String line = Objects.requireNonNull(stream.readLine());
        while (!line.startsWith("data: ")) {
            line = Objects.requireNonNull(stream.readLine());
        }
        return Json.mapper().readTree(line.substring("data: ".length()));
    }
}
