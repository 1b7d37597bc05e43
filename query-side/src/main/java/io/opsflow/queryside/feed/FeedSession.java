package io.opsflow.queryside.feed;

import io.opsflow.queryside.consistency.ReadModelListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The life of one consumer. It stays in its group and keeps what it has read while the database is away, and gives up
 * a partition only when the group says so. For one thread.
 */
final class FeedSession implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FeedSession.class);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PARKED_EVERY = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final FeedTransactions readModel;
    private final FeedStatus.Share status;
    private final ReadModelListener listener;
    private final Map<TopicPartition, PartitionBuffer> buffers =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    private final Map<TopicPartition, Backoff> outOfRange = new HashMap<>();
    private final Map<TopicPartition, Backoff> occupied = new HashMap<>();
    private final Backoff backoff = Backoff.quick();
    private final Resumption resumption;
    private final Backoff resuming = Backoff.slow();
    private long parkedAskedAt;

    /** @param listener told after each commit */
    FeedSession(
            Consumer<byte[], byte[]> consumer,
            String topic,
            FeedTransactions readModel,
            FeedStatus.Share status,
            ReadModelListener listener) {
        this.consumer = consumer;
        this.readModel = readModel;
        this.resumption = new Resumption(readModel);
        this.status = status;
        this.listener = listener;
        consumer.subscribe(List.of(topic), this);
    }

    /** One poll, the transaction that it makes, and for a while those of parked events that may fit by now. */
    void step() {
        read();
        if (backoff.isWaiting()) {
            return;
        }
        try {
            takeUp();
            apply();
            goOn();
            resume();
        } catch (FencedException e) {
            log.warn("{}; asking it again", e.getMessage());
            lose(e.partition());
        } catch (AnotherTopicException e) {
            if (!backoff.hasFailed()) {
                log.error("{}", e.getMessage());
            }
            standStill(e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            standStill(e);
        }
    }

    private void read() {
        try {
            consumer.poll(POLL).forEach(raw -> {
                FeedRecord record = FeedRecord.of(raw);
                PartitionBuffer buffer = buffers.get(record.partition());
                if (buffer != null) {
                    buffer.add(record);
                }
            });
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::report);
        }
    }

    private void takeUp() {
        boolean any = false;
        for (PartitionBuffer buffer : buffers.values()) {
            TopicPartition partition = buffer.partition();
            if (!buffer.isPositioned() && !isWaiting(outOfRange, partition) && !isWaiting(occupied, partition)) {
                Optional<Long> offset = readModel.takeUp(partition);
                if (offset.isPresent()) {
                    // Asked for first: a partition that has its place is not taken up again.
                    resumption.add(readModel.mayGoOn(partition));
                    goOn(buffer, offset.get());
                    any = true;
                } else {
                    waitFor(partition);
                }
            }
        }
        // Others park and retry too.
        if (any || System.nanoTime() - parkedAskedAt > PARKED_EVERY.toNanos()) {
            tellParked();
        }
    }

    private static boolean isWaiting(Map<TopicPartition, Backoff> waits, TopicPartition partition) {
        Backoff wait = waits.get(partition);
        return wait != null && wait.isWaiting();
    }

    private void goOn(PartitionBuffer buffer, long offset) {
        TopicPartition partition = buffer.partition();
        occupied.remove(partition);
        if (outOfRange.containsKey(partition)) {
            if (!isOnTheTopic(partition, offset)) {
                report(partition, offset);
                return;
            }
            outOfRange.remove(partition);
            status.goesOn(partition); // said now: the next record may be long in coming
        }
        consumer.seek(partition, offset);
        consumer.resume(List.of(partition));
        buffer.position(offset);
        status.isAt(partition, offset);
    }

    private boolean isOnTheTopic(TopicPartition partition, long offset) {
        List<TopicPartition> one = List.of(partition);
        long from = consumer.beginningOffsets(one, ANSWER).getOrDefault(partition, 0L);
        return from <= offset && offset <= consumer.endOffsets(one, ANSWER).getOrDefault(partition, 0L);
    }

    private void waitFor(TopicPartition partition) {
        Backoff wait = occupied.computeIfAbsent(partition, first -> Backoff.quick());
        if (wait.hasFailed()) {
            log.debug("another transaction is still under way in {}", partition);
        } else {
            log.info("another transaction is under way in {}; the others go on meanwhile", partition);
        }
        wait.failed();
    }

    private void tellParked() {
        status.parked(readModel.parked());
        parkedAskedAt = System.nanoTime();
    }

    private void apply() {
        List<Slice> slices = buffers.values().stream()
                .map(buffer -> buffer.complete(readModel::versions))
                .flatMap(Optional::stream)
                .toList();
        if (slices.isEmpty()) {
            return;
        }
        long began = System.nanoTime();
        FeedTransactions.Applied applied = readModel.apply(slices);
        status.applied(slices, System.nanoTime() - began);
        listener.changed(applied.changed());
        slices.forEach(slice -> bufferOf(slice.partition()).applied(slice));
        resumption.add(applied.mayGoOn());
        if (applied.parked() > 0) {
            tellParked();
        }
    }

    /** For a while. What fails here, where there may be much of any kind, holds nothing else up. */
    private void resume() {
        if (resumption.isDone() || resuming.isWaiting()) {
            return;
        }
        long began = System.nanoTime();
        try {
            while (!resumption.isDone() && System.nanoTime() - began < A_WHILE.toNanos()) {
                listener.changed(resumption.next());
            }
            resuming.succeeded();
        } catch (DataAccessException | TransactionException | AnotherTopicException e) {
            if (!resuming.hasFailed()) {
                log.warn("parked events cannot be tried again; trying until they can", e);
            }
            resuming.failed();
        }
        if (resumption.isDone()) {
            tellParked();
        }
    }

    private void goOn() {
        if (backoff.hasFailed()) {
            log.info("the read model is written again");
            consumer.resume(buffers.values().stream()
                    .filter(PartitionBuffer::isPositioned)
                    .map(PartitionBuffer::partition)
                    .toList());
            backoff.succeeded();
        }
        status.works();
    }

    private void standStill(RuntimeException failure) {
        if (!backoff.hasFailed()) {
            log.warn("the read model cannot be written; trying again until it can", failure);
        }
        standStill("the read model cannot be written");
    }

    private void standStill(@Nullable String reason) {
        status.failed(String.valueOf(reason));
        // Polls go on, so that the group does not give the partitions to another one that could not write either.
        consumer.pause(consumer.assignment());
        backoff.failed();
    }

    private void report(TopicPartition partition, long offset) {
        String reason = "the topic has no offset %d (any more), where %s was to go on; it was truncated or made anew"
                .formatted(offset, partition);
        log.error("{}. Nothing of it is applied until feed_offset or the topic is put right", reason);
        status.stuck(partition, reason);
        consumer.pause(List.of(partition));
        outOfRange.computeIfAbsent(partition, first -> Backoff.slow()).failed();
        lose(partition);
    }

    private void lose(TopicPartition partition) {
        bufferOf(partition).lose();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            buffers.put(partition, new PartitionBuffer(partition));
            // Only so that the consumer does not ask the broker for an offset; the read model is asked outside of the
            // rebalance, as often as it takes.
            consumer.seek(partition, 0);
            consumer.pause(List.of(partition));
        }
        status.follows(buffers.keySet());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(buffers::remove);
        partitions.forEach(outOfRange::remove);
        partitions.forEach(occupied::remove);
        status.follows(buffers.keySet());
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
        status.follows(Set.of());
    }

    private PartitionBuffer bufferOf(TopicPartition partition) {
        return Objects.requireNonNull(buffers.get(partition));
    }
}
