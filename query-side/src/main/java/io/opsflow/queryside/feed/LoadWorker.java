package io.opsflow.queryside.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Fills a generation with some of the topic's partitions, from where it is. For one thread at a time. */
final class LoadWorker implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final FeedTransactions generation;
    private final AtomicLong applied;
    private final Map<TopicPartition, PartitionBuffer> buffers = new HashMap<>();

    /**
     * It has no place yet.
     *
     * @param applied counts the records that are in the generation
     */
    LoadWorker(
            Consumer<byte[], byte[]> consumer,
            FeedTransactions generation,
            Collection<TopicPartition> partitions,
            AtomicLong applied) {
        this.consumer = consumer;
        this.generation = generation;
        this.applied = applied;
        consumer.assign(partitions);
        partitions.forEach(partition -> buffers.put(partition, new PartitionBuffer(partition)));
    }

    /** Goes where the generation is. */
    void takeUp() {
        buffers.forEach((partition, buffer) -> {
            long offset = generation
                    .takeUp(partition)
                    .orElseThrow(() -> new IllegalStateException("another builder is still at " + partition));
            buffer.position(offset);
            consumer.seek(partition, offset);
            applied.addAndGet(offset);
        });
    }

    /**
     * Reads up to these offsets and applies what is whole: of a request whose end is not on the topic yet, nothing.
     *
     * @throws InterruptedException where the thread was interrupted
     */
    void through(Map<TopicPartition, Long> ends) throws InterruptedException {
        while (!hasRead(ends)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            consumer.poll(POLL).forEach(raw -> {
                FeedRecord record = FeedRecord.of(raw);
                buffers.get(record.partition()).add(record);
            });
            apply();
        }
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return buffers.keySet().stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    private void apply() {
        List<Slice> slices = buffers.values().stream()
                .map(buffer -> buffer.complete(generation::versions))
                .flatMap(Optional::stream)
                .toList();
        if (!slices.isEmpty()) {
            generation.apply(slices);
            slices.forEach(slice -> {
                buffers.get(slice.partition()).applied(slice);
                applied.addAndGet(slice.to() - slice.from());
            });
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
