package io.opsflow.commandside.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the topic at the moment this is opened, from its beginning, as far as an audit wants to know it. It
 * joins no consumer group and leaves no trace. For one thread.
 */
public final class TopicRecords implements AutoCloseable {

    /**
     * @param partition the number of the one that it stands in
     * @param place partition and offset, to be read by people
     * @param index the event's place in the store; null where the record is no event of OpsFlow
     * @param hash as the record says it, lowercase hex
     */
    public record Entry(
            int partition, String place, @Nullable Long index, String hash) {}

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> end;

    private TopicRecords(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        this.consumer = consumer;
        this.end = end;
    }

    /** @throws KafkaException where the broker is away */
    public static TopicRecords open(RelaySettings settings) {
        return open(settings, Long.MAX_VALUE);
    }

    /** Only the last records of each partition, this many; as {@link #open}. */
    static TopicRecords openAtTheEnds(RelaySettings settings, long records) {
        return open(settings, records);
    }

    private static TopicRecords open(RelaySettings settings, long lastOfEach) {
        Consumer<byte[], byte[]> consumer = TopicConsumer.create(settings);
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(settings.topic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            consumer.beginningOffsets(partitions)
                    .forEach((partition, first) ->
                            consumer.seek(partition, Math.max(first, end.getOrDefault(partition, 0L) - lastOfEach)));
            return new TopicRecords(consumer, new HashMap<>(end));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Whether there is such a topic. */
    public boolean exists() {
        return !end.isEmpty();
    }

    /** How many records each partition has ever taken, by its number; those that it does not keep any more are among them. */
    Map<Integer, Long> taken() {
        Map<Integer, Long> taken = new HashMap<>();
        end.forEach((partition, offset) -> taken.put(partition.partition(), offset));
        return taken;
    }

    /** Whether there is no record on it, or none left to read. */
    public boolean isAtEnd() {
        return end.entrySet().stream().allMatch(last -> consumer.position(last.getKey()) >= last.getValue());
    }

    /**
     * The next records of any partitions; empty at the end.
     *
     * @throws KafkaException where the broker stops answering
     */
    public List<Entry> next() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Entry> entries = new ArrayList<>();
        while (entries.isEmpty() && !isAtEnd()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no answer within %d seconds".formatted(PATIENCE.toSeconds()));
            }
            consumer.poll(POLL).forEach(record -> {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < end.getOrDefault(partition, 0L)) {
                    entries.add(entry(record));
                }
            });
        }
        return entries;
    }

    /** The lowest index that a partition begins with: where the topic begins. Null where there is no event. */
    public @Nullable Long first() {
        Long first = null;
        for (TopicPartition partition : end.keySet()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            if (consumer.position(partition) >= end.getOrDefault(partition, 0L)) {
                continue;
            }
            ConsumerRecord<byte[], byte[]> record = firstOf(partition);
            Long index = entry(record).index();
            if (index != null && (first == null || index < first)) {
                first = index;
            }
        }
        consumer.assign(end.keySet());
        consumer.seekToBeginning(end.keySet());
        return first;
    }

    private ConsumerRecord<byte[], byte[]> firstOf(TopicPartition partition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                return records.getFirst();
            }
        }
        throw new TimeoutException("no answer within %d seconds".formatted(PATIENCE.toSeconds()));
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        String place = "partition %d, offset %d".formatted(record.partition(), record.offset());
        String index = header(record, "ce_globalindex");
        boolean isEvent =
                index.matches("[1-9]\\d{0,17}") && !header(record, "ce_hash").isEmpty();
        return new Entry(record.partition(), place, isEvent ? Long.valueOf(index) : null, header(record, "ce_hash"));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
