package io.opsflow.queryside.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Fills a generation with some of the topic's partitions, from where it is. For one thread at a time. */
final class LoadWorker implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Bytes of rows that a transaction keeps, more or less, before it writes them: enough that most tasks whose changes
     * follow each other closely are written once in it.
     */
    private static final long MOST_KEPT = 16L * 1024 * 1024;

    /** Records of a transaction, where they change few rows: a builder that is stopped loses what it has not committed. */
    private static final long MOST_TOGETHER = 100_000;

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final FeedTransactions generation;
    private final AtomicLong applied;
    private final Resumption resumption;
    private final Map<TopicPartition, PartitionBuffer> buffers = new HashMap<>();

    /**
     * It has no place yet.
     *
     * @param applied counts the records that are in the generation, or are there with the next commit
     */
    LoadWorker(
            Consumer<byte[], byte[]> consumer,
            FeedTransactions generation,
            Collection<TopicPartition> partitions,
            AtomicLong applied) {
        this.consumer = consumer;
        this.generation = generation;
        this.applied = applied;
        this.resumption = new Resumption(generation);
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
            resumption.add(generation.mayGoOn(partition));
        });
    }

    /**
     * Reads up to these offsets and applies what is whole: of a request whose end is not on the topic yet, nothing.
     *
     * @throws InterruptedException where the thread was interrupted
     */
    void through(Map<TopicPartition, Long> ends) throws InterruptedException {
        while (!hasRead(ends)) {
            try {
                applyTogether(ends);
            } catch (RuntimeException e) {
                if (BadData.reason(e) == null) {
                    throw e;
                }
                applyOneByOne();
            }
            resumption.finish();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Until all is read, nothing comes or the transaction is large enough. */
    private void applyTogether(Map<TopicPartition, Long> ends) {
        AtomicLong records = new AtomicLong();
        resumption.add(generation.applyTogether(held -> {
            if (hasRead(ends) || held.size() >= MOST_KEPT || records.get() >= MOST_TOGETHER) {
                return List.of();
            }
            List<Slice> slices = read(held::versions);
            slices.forEach(slice -> {
                moveOn(slice);
                records.addAndGet(slice.records().size());
            });
            return slices;
        }));
    }

    /** What could not be applied together: each poll is a transaction, in which bad data is told from good. */
    private void applyOneByOne() {
        Map<TopicPartition, Long> reached = new HashMap<>();
        buffers.keySet().forEach(partition -> reached.put(partition, consumer.position(partition)));
        buffers.values().forEach(buffer -> applied.addAndGet(-buffer.nextOffset()));
        takeUp();
        while (!hasRead(reached)) {
            List<Slice> slices = read(generation::versions);
            if (!slices.isEmpty()) {
                resumption.add(generation.apply(slices).mayGoOn());
                slices.forEach(this::moveOn);
            }
        }
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return buffers.keySet().stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    private List<Slice> read(Function<List<FeedRecord>, Map<String, Long>> versions) {
        consumer.poll(POLL).forEach(raw -> {
            FeedRecord record = FeedRecord.of(raw);
            buffers.get(record.partition()).add(record);
        });
        return buffers.values().stream()
                .map(buffer -> buffer.complete(versions))
                .flatMap(Optional::stream)
                .toList();
    }

    private void moveOn(Slice slice) {
        buffers.get(slice.partition()).applied(slice);
        applied.addAndGet(slice.to() - slice.from());
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
