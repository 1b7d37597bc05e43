package io.opsflow.commandside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class RepublishTest extends ToolTest {

    private final String rebuilt = newName("rebuilt-");

    @Test
    void theNewTopicHoldsWhatTheOldOneDoes() {
        Result result = republish("--from", "1");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).anyMatch(line -> line.startsWith("published 20 events in "));
        assertThat(result.out())
                .last()
                .asString()
                .contains("OPSFLOW_KAFKA_TOPIC=" + rebuilt)
                .contains("after event 20");
        assertThat(contents(rebuilt)).isEqualTo(contents(topic)).hasSize(12);
        assertThat(indexes(rebuilt)).hasSize(EVENTS);
        assertThat(runOnTopic(rebuilt, "verify").code()).isZero();
    }

    @Test
    void nodesGoOnInTheNewTopicExactlyWhereItEnded() {
        republish();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 5);
            awaitRelayed(node, EVENTS + 5);
        }

        assertThat(indexes(rebuilt)).as("no gap and no repetition").isEqualTo(numbers(1, EVENTS + 5));
    }

    @Test
    void itBeginsWhereItIsTold() {
        republish("--from=11");

        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS));
    }

    @Test
    void aTopicThatIsToBeginAtTheHeadIsEmptyAndNodesGoOn() {
        republish("--from=21");
        assertThat(indexes(rebuilt)).isEmpty();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            awaitRelayed(node, EVENTS + 1);
        }

        assertThat(indexes(rebuilt)).containsExactly(21L);
    }

    @Test
    void askedAgainItGoesOnWhereItWas() {
        republish("--from=11");
        try (ConfigurableApplicationContext node = node(url, newName("elsewhere-"))) {
            append(node, EVENTS, EVENTS + 5);
        }
        Result result = republish("--from=11");

        assertThat(result.out())
                .startsWith("going on after event 20")
                .anyMatch(line -> line.startsWith("published 5 "));
        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS + 5));
    }

    @Test
    void askedAgainForAnotherBeginningItRefuses() {
        republish("--from=11");

        assertRefused(
                republish(),
                "A position for %s is stored already, after event 20, and it was not begun with --from 1;");
        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS));
    }

    @Test
    void aTopicThatHoldsRecordsIsRefusedAndNoPositionIsLeft() {
        String other = url;
        republish();
        copyTheStore();

        assertThat(url).isNotEqualTo(other);
        assertRefused(republish(), "The topic %s holds records already");
        assertThat(sql(url).sql("select count(*) from token_entry where processor_name = 'relay:" + rebuilt + "'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTopicThatANodeRelaysToIsRefused() {
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            awaitRelayed(node, EVENTS);

            assertRefused(republish(), "A relay is at work on %s");
        }
    }

    @Test
    void aBeginningBeyondTheHeadIsRefused() {
        assertRefused(republish("--from", "22"), "The store ends at event 20; --from is beyond it.");
        assertThat(republish("--from", "20").code())
                .as("nothing was left behind")
                .isZero();
    }

    @Test
    void whatIsNoEventOfOpsFlowIsNamedByVerify() {
        republish();
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            stranger.send(new ProducerRecord<>(rebuilt, 3, "task-1", "{}"));
        }

        Result result = runOnTopic(rebuilt, "verify");

        assertThat(result.out())
                .anyMatch(line -> line.matches("the record at partition 3, offset \\d+ is no event of OpsFlow"));
        assertThat(result.code()).isEqualTo(1);
    }

    private Result republish(String... options) {
        List<String> arguments = new ArrayList<>(List.of("republish", "--topic", rebuilt));
        arguments.addAll(List.of(options));
        return runOnTopic(topic, arguments.toArray(String[]::new));
    }

    private void assertRefused(Result result, String sentence) {
        assertThat(result.err()).singleElement().asString().startsWith(sentence.formatted(rebuilt));
        assertThat(result.code()).isEqualTo(2);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> indexes(String topic) {
        return contents(topic).values().stream()
                .flatMap(List::stream)
                .map(record -> Long.valueOf(record.substring(0, record.indexOf(' '))))
                .sorted()
                .toList();
    }

    /** What each partition holds, in its order: index, headers, key and value. */
    private static Map<Integer, List<String>> contents(String topic) {
        Map<Integer, List<String>> contents = new HashMap<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            partitions.forEach(partition -> contents.put(partition.partition(), new ArrayList<>()));
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> contents.get(record.partition()).add(text(record)));
            }
        }
        return contents;
    }

    private static String text(ConsumerRecord<String, String> record) {
        StringBuilder headers = new StringBuilder();
        record.headers()
                .forEach(header -> headers.append(header.key())
                        .append('=')
                        .append(new String(header.value(), StandardCharsets.UTF_8))
                        .append(' '));
        String index = new String(record.headers().lastHeader("ce_globalindex").value(), StandardCharsets.UTF_8);
        return index + " " + headers + record.key() + " " + record.value();
    }
}
