package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What docs/consumers.md tells people is so. */
class ConsumersPageTest extends ServiceTest {

    private static final Path PAGE = Path.of("../docs/consumers.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/opsflow/standalone/ExampleConsumer.java");

    private record Seen(String type, String value) {}

    @Test
    void theConsumerOnThePageIsTheOneThatIsTested() throws Exception {
        assertThat(exampleOnThePage("the example").lines()).hasSizeLessThanOrEqualTo(22);
        exampleOnThePage("the other example");
    }

    private static String exampleOnThePage(String name) throws IOException {
        String source = Files.readString(EXAMPLE);
        String begin = "// %s begins here\n".formatted(name);
        String from = source.substring(source.indexOf(begin) + begin.length());
        String example = from.substring(0, from.lastIndexOf('\n', from.indexOf("// %s ends here".formatted(name))));
        assertThat(Files.readString(PAGE))
                .contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
        return example;
    }

    @Test
    void theConsumerGetsEverythingFromTheBeginningInTheOrderOfATask() throws Exception {
        String id = owner.task("create", aTask("Disk full")).text("task_id");
        owner.task("update", Map.of("task_id", id, "name", "Disk empty", "assignee", "kim"));
        owner.task("delete", Map.of("task_id", id));

        List<Seen> events = new CopyOnWriteArrayList<>();
        Thread consumer = Thread.ofVirtual()
                .start(() -> ExampleConsumer.run(
                        service().broker().clientSettings(), (type, value) -> events.add(new Seen(type, value))));
        try {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> events.stream()
                                    .anyMatch(event -> event.type().equals("io.opsflow.task.deleted.v1")
                                            && event.value().contains(id))
                            && events.stream()
                                    .anyMatch(event -> event.type().equals("io.opsflow.task-category.created.v1")));
        } finally {
            consumer.interrupt();
            consumer.join();
        }

        assertThat(events.stream().filter(event -> event.value().contains(id)).map(Seen::type))
                .containsExactly(
                        "io.opsflow.task.created.v1",
                        "io.opsflow.task.renamed.v1",
                        "io.opsflow.task.assigned.v1",
                        "io.opsflow.task.deleted.v1");
    }

    @Test
    void everyHeaderOfARecordStandsOnThePageAndNoOther() throws Exception {
        owner.task("create", aTask("Disk full"));
        Pattern name = Pattern.compile("`(ce_\\w+|content-type)`");
        List<String> described = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> name.matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .map(MatchResult::group))
                .map(header -> header.replace("`", ""))
                .toList();

        ConsumerRecord<String, String> record = anyRecord();
        List<String> sent = List.of(record.headers().toArray()).stream()
                .map(header -> header.key())
                .collect(Collectors.toList());

        assertThat(described).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(Json.mapper().readTree(record.value()).isObject()).isTrue();
    }

    private static ConsumerRecord<String, String> anyRecord() {
        Map<String, Object> settings = new HashMap<>(service().broker().clientSettings());
        settings.put("group.id", id("group"));
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("opsflow.events"));
            return await().atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
                    .iterator()
                    .next();
        }
    }
}
