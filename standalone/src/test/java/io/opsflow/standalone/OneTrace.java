package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opsflow.api.json.Json;
import io.opsflow.standalone.OtlpReceiver.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;

/** A service that tells traces and writes its log for machines, as who watches it sees it. */
final class OneTrace {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> NAMES =
            List.of("http post /opsflow/v1/task/create", "command CreateTask", "append", "relay", "feed", "projection");

    private final OtlpReceiver collector;

    OneTrace(OtlpReceiver collector) {
        this.collector = collector;
    }

    static Map<String, String> settings(OtlpReceiver collector) {
        return Map.of(
                "OPSFLOW_OTLP_ENDPOINT", collector.address(),
                "OPSFLOW_OTLP_SAMPLED", "1",
                "OPSFLOW_LOG_FORMAT", "ecs");
    }

    /** The spans of the one create, each below the one that caused it. */
    List<Told> ofTheCreate() {
        List<Told> spans = await().atMost(PATIENCE).until(this::toldOfTheCreate, told -> told.size() == NAMES.size());
        Told http = named(spans, NAMES.get(0));
        Told command = below(http, spans, "command CreateTask");
        Told append = below(command, spans, "append");
        Told relay = below(command, spans, "relay");
        Told feed = below(relay, spans, "feed");
        below(feed, spans, "projection");

        assertThat(http.parent()).as("the client sent no traceparent").isEmpty();
        assertThat(http.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(command.tag("outcome")).isEqualTo("done");
        assertThat(append.tag("events")).isEqualTo("1");
        assertThat(append.tag("commands_in_transaction")).isEqualTo("1");
        assertThat(relay.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
        assertThat(feed.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
        assertThat(feed.tag("global_index"))
                .isEqualTo(relay.tag("global_index"))
                .isNotEmpty();
        assertThat(feed.tag("outcome")).isEqualTo("applied");
        assertThat(collector.spans()).as("nobody wants to hear of who watches").noneMatch(OneTrace::isOfWatching);
        return spans;
    }

    private List<Told> toldOfTheCreate() {
        return collector.spans().stream()
                .filter(span -> span.name().equals(NAMES.getFirst()))
                .findFirst()
                .map(first -> collector.spans().stream()
                        .filter(span -> span.trace().equals(first.trace()) && NAMES.contains(span.name()))
                        .toList())
                .orElse(List.of());
    }

    private static Told below(Told parent, List<Told> spans, String name) {
        Told span = named(spans, name);
        assertThat(span.parent()).as("%s stands below %s", name, parent.name()).isEqualTo(parent.id());
        return span;
    }

    private static Told named(List<Told> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing: " + spans));
    }

    private static boolean isOfWatching(Told span) {
        return span.tag("uri").startsWith("/actuator");
    }

    /** The record's header and the event's metadata say where in the trace they are. */
    static void isWrittenOnTheRecord(List<Told> spans, Map<String, Object> brokers, String topic, String taskId) {
        Told relay = named(spans, "relay");
        Map<String, Object> settings = new HashMap<>(brokers);
        settings.putAll(Map.of("group.id", "one-trace", "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Callable<List<ConsumerRecord<String, String>>> poll = () -> {
                List<ConsumerRecord<String, String>> records = new java.util.ArrayList<>();
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.stream()
                        .filter(record -> record.key().equals(taskId))
                        .toList();
            };
            ConsumerRecord<String, String> record = await().atMost(PATIENCE)
                    .until(poll, records -> !records.isEmpty())
                    .getFirst();
            assertThat(new String(record.headers().lastHeader("traceparent").value()))
                    .isEqualTo("00-%s-%s-01", relay.trace(), relay.id());
        }
    }

    /** The line of a request that failed, by the names of the Elastic Common Schema. */
    static void isInTheLog(JarProcess service, String requestId, String domain) {
        String line = await().atMost(PATIENCE)
                .until(
                        () -> service.output().stream()
                                .filter(each -> each.contains(requestId))
                                .findFirst()
                                .orElse(""),
                        found -> !found.isEmpty());
        JsonNode json = Json.mapper().readTree(line);
        assertThat(text(json, "message")).isEqualTo("Request failed");
        assertThat(text(json, "http.request.id")).isEqualTo(requestId);
        assertThat(text(json, "domain_id")).isEqualTo(domain);
        assertThat(text(json, "trace.id")).matches("[0-9a-f]{32}");
        assertThat(text(json, "status")).isEqualTo("404");
        assertThat(text(json, "service.name")).isEqualTo("opsflow-standalone");
        assertThat(text(json, "log.level")).isEqualTo("INFO");
    }

    /** By its dotted name, whichever way the object is written. */
    private static String text(JsonNode json, String name) {
        JsonNode flat = json.get(name);
        return flat != null
                ? flat.asString()
                : json.at("/" + name.replace('.', '/')).asString();
    }
}
