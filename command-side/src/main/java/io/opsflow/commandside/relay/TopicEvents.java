package io.opsflow.commandside.relay;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.opsflow.api.event.EventRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All events that stand on the topic at the moment this is opened, in the order of the event store, whatever their
 * partition, in constant memory. One that was sent twice may come twice, and late. What is no event of OpsFlow is left
 * out. For one thread.
 */
public final class TopicEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A partition that is so far ahead of the others waits for them. */
    private static final int MOST_QUEUED = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Deque<EventRecord>> queues = new HashMap<>();

    private TopicEvents(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.ends = ends;
        ends.keySet().forEach(partition -> queues.put(partition, new ArrayDeque<>()));
    }

    /** @throws KafkaException where the broker is away */
    public static TopicEvents open(RelaySettings settings) {
        Consumer<byte[], byte[]> consumer = TopicConsumer.create(settings);
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(settings.topic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new TopicEvents(consumer, new HashMap<>(consumer.endOffsets(partitions)));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * The next one; empty at the end.
     *
     * @throws KafkaException where the broker stops answering
     */
    public Optional<EventRecord> next() {
        fill();
        return queues.values().stream()
                .filter(queue -> !queue.isEmpty())
                .min(Comparator.comparingLong(queue -> queue.getFirst().globalIndex()))
                .map(Deque::removeFirst);
    }

    /** Until of every partition the next event is known, or that there is none. */
    private void fill() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (queues.entrySet().stream().anyMatch(queue -> queue.getValue().isEmpty() && !isAtEnd(queue.getKey()))) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no answer within %d seconds".formatted(PATIENCE.toSeconds()));
            }
            Map<Boolean, List<TopicPartition>> full = queues.keySet().stream()
                    .collect(Collectors.partitioningBy(partition ->
                            queues.getOrDefault(partition, new ArrayDeque<>()).size() >= MOST_QUEUED));
            consumer.pause(full.getOrDefault(true, List.of()));
            consumer.resume(full.getOrDefault(false, List.of()));
            consumer.poll(POLL).forEach(this::add);
        }
    }

    private boolean isAtEnd(TopicPartition partition) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        EventRecord event = event(record);
        if (event != null && record.offset() < ends.getOrDefault(partition, 0L)) {
            queues.getOrDefault(partition, new ArrayDeque<>()).add(event);
        }
    }

    private static @Nullable EventRecord event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventRecord.from(KafkaMessageFactory.createReader(record.headers(), record.value()));
        } catch (RuntimeException e) {
            // Anybody's bytes may stand on a topic, and each part of reading them fails in its own way. Verify names
            // them.
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
