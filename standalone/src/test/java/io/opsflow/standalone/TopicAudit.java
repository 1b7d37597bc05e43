package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What must be true of the topic, seen as any consumer sees it. */
final class TopicAudit {

    static final String TOPIC = "opsflow.events";

    private TopicAudit() {}

    /** Every event is there as it is stored; without repetitions they are in order for each aggregate. */
    static void holdsAll(List<StoredEvent> events, Map<String, Object> brokers) {
        Map<Long, StoredEvent> stored = new HashMap<>();
        events.forEach(event -> stored.put(event.globalIndex(), event));
        Map<String, Long> versions = new HashMap<>();
        for (ConsumerRecord<String, String> record : records(brokers)) {
            StoredEvent event = stored.get(Long.parseLong(header(record, "ce_globalindex")));
            assertThat(record.key()).isEqualTo(event.aggregateId());
            assertThat(record.value()).isEqualTo(event.payload());
            assertThat(header(record, "ce_id")).isEqualTo(event.eventId().toString());
            assertThat(header(record, "ce_type")).isEqualTo("io.opsflow.%s.v%d", event.name(), event.revision());
            assertThat(header(record, "ce_sequence")).isEqualTo(Long.toString(event.sequence()));
            assertThat(header(record, "ce_hash")).isEqualTo(HexFormat.of().formatHex(event.hash()));
            long next = versions.getOrDefault(record.key(), -1L) + 1;
            assertThat(event.sequence()).as("overtook: %s", event).isLessThanOrEqualTo(next);
            versions.merge(record.key(), event.sequence(), Math::max);
        }
        Map<String, Long> expected = new HashMap<>();
        events.forEach(event -> expected.put(event.aggregateId(), event.sequence()));
        assertThat(versions).isEqualTo(expected);
    }

    /** All there is, from the beginning. */
    static List<ConsumerRecord<String, String>> records(Map<String, Object> brokers) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(brokers, new StringDeserializer(), new StringDeserializer())) {
            Collection<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }

    static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
