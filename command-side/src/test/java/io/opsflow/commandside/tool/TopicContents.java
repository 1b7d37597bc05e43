package io.opsflow.commandside.tool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands on a topic of the tools' tests, and what can happen to it. */
final class TopicContents {

    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", ToolTest.BROKER.bootstrapServers(), "auto.offset.reset", "earliest");

    /** With more requests under way a topic just made may take the second of them before the first. */
    private static final Map<String, Object> IN_ORDER = Map.of(
            "bootstrap.servers",
            ToolTest.BROKER.bootstrapServers(),
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);

    private TopicContents() {}

    /** The places in the store of all that is there, sorted. */
    static List<Long> indexes(String topic) {
        return records(topic).stream().map(TopicContents::index).sorted().toList();
    }

    /** How many are there, whatever they are. */
    static int count(String topic) {
        return records(topic).size();
    }

    /** What each partition holds, in its order: index, headers, key and value. */
    static Map<Integer, List<String>> contents(String topic) {
        Map<Integer, List<String>> contents = new HashMap<>();
        for (int partition = 0; partition < 12; partition++) {
            contents.put(partition, new ArrayList<>());
        }
        records(topic).forEach(record -> contents.get(record.partition()).add(text(record)));
        return contents;
    }

    /** Makes another topic of it, without one of its events. */
    static void copy(String from, String to, long without) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(IN_ORDER, new StringSerializer(), new StringSerializer())) {
            ToolTest.createTopic(to);
            records(from).stream()
                    .filter(record -> index(record) != without)
                    .sorted(Comparator.comparingLong(TopicContents::index))
                    .forEach(record -> producer.send(
                            new ProducerRecord<>(to, null, record.key(), record.value(), record.headers())));
        }
    }

    /** Sends one of its events once more, with these headers in the place of its own. */
    static void forge(String topic, long index, Map<String, String> headers) {
        ConsumerRecord<String, String> event = records(topic).stream()
                .filter(record -> index(record) == index)
                .findFirst()
                .orElseThrow();
        headers.forEach(
                (name, value) -> event.headers().remove(name).add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(IN_ORDER, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, null, event.key(), event.value(), event.headers()));
        }
    }

    /** As a broker without its disk. */
    static void delete(String topic) {
        try (Admin admin = Admin.create(BROKER)) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static void increaseTo(int partitions, String topic) {
        try (Admin admin = Admin.create(BROKER)) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ConsumerRecord<String, String>> records(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(BROKER, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static long index(ConsumerRecord<String, String> record) {
        return Long.parseLong(
                new String(record.headers().lastHeader("ce_globalindex").value(), StandardCharsets.UTF_8));
    }

    private static String text(ConsumerRecord<String, String> record) {
        StringBuilder headers = new StringBuilder();
        record.headers()
                .forEach(header -> headers.append(header.key())
                        .append('=')
                        .append(new String(header.value(), StandardCharsets.UTF_8))
                        .append(' '));
        return index(record) + " " + headers + record.key() + " " + record.value();
    }
}
