package io.opsflow.queryside.feed;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.GenerationLock;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.web.trace.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills one generation with the whole topic, by a few workers that share the partitions. */
final class TopicLoad implements AutoCloseable {

    private static final int WORKERS = 3;

    /**
     * A crash of the database loses rows and offsets together, so nobody needs to wait for its disk. Much is folded in one
     * transaction, and the others have the processors as well.
     */
    private static final String OPTIONS =
            "-c synchronous_commit=off -c idle_in_transaction_session_timeout=30s " + FeedConfiguration.BY_KEYS;

    private final TopicIds topicIds;
    private final Offsets offsets;
    private final String topic;
    private final HikariDataSource dataSource;
    private final Consumer<byte[], byte[]> ends;
    private final List<TopicPartition> partitions;
    private final List<LoadWorker> workers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().name("load-", 0).factory());
    private final AtomicLong applied = new AtomicLong();

    /**
     * @throws org.apache.kafka.common.KafkaException where the broker does not answer
     * @throws UnknownTopicOrPartitionException where there is no topic
     * @throws AnotherTopicException where it was begun with another topic
     */
    TopicLoad(
            Consumers consumers,
            TopicIds topicIds,
            String topic,
            ReadModelConnections connections,
            Generation generation,
            GenerationLock lock) {
        this.topicIds = topicIds;
        this.topic = topic;
        dataSource = connections.poolOfWriters("load", generation.schema(), WORKERS + 1, OPTIONS);
        offsets = new Offsets(JdbcClient.create(dataSource), topicIds);
        ends = consumers.createAlone();
        try {
            requireOneTopic();
            partitions = ends.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("There is no topic " + topic);
            }
            ends.assign(partitions); // else it warns of each that it is not its own
            for (int i = 0; i < WORKERS; i++) {
                int worker = i;
                List<TopicPartition> share = partitions.stream()
                        .filter(partition -> partition.partition() % WORKERS == worker)
                        .toList();
                if (!share.isEmpty()) {
                    workers.add(new LoadWorker(consumers.createAlone(), transactions(lock), share, applied));
                }
            }
            workers.forEach(LoadWorker::takeUp);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private FeedTransactions transactions(GenerationLock lock) {
        return new FeedTransactions(
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new JdbcTemplate(dataSource),
                lock,
                topicIds,
                Traces.OFF);
    }

    /** @throws AnotherTopicException where the generation holds anything of a topic that has the name no more */
    void requireOneTopic() {
        if (offsets.haveAnother(topic)) {
            throw new AnotherTopicException("the topic %s is another one than when the build began".formatted(topic));
        }
    }

    /** Where the topic ends now. */
    Map<TopicPartition, Long> ends() {
        return ends.endOffsets(partitions);
    }

    /** How many records of it are in the generation, or are there with the next commit. */
    long applied() {
        return applied.get();
    }

    /**
     * Applies what stands on the topic before these offsets; of a request that goes on behind them, nothing.
     *
     * @throws IllegalStateException where the topic has got another partition since this load began; another load has it
     */
    void through(Map<TopicPartition, Long> offsets) throws InterruptedException {
        if (!partitions.containsAll(offsets.keySet())) {
            throw new IllegalStateException(
                    "the topic %s has more partitions than when it began to be loaded".formatted(topic));
        }
        List<Callable<@Nullable Void>> shares = new ArrayList<>();
        for (LoadWorker worker : workers) {
            shares.add(() -> {
                worker.through(offsets);
                return null;
            });
        }
        for (Future<@Nullable Void> share : threads.invokeAll(shares)) {
            try {
                share.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }

    static long sum(Collection<Long> offsets) {
        return offsets.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        workers.forEach(LoadWorker::close);
        ends.close();
        dataSource.close();
    }
}
