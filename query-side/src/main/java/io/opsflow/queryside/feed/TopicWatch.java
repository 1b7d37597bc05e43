package io.opsflow.queryside.feed;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the broker again and again where the topic ends. So it is known how far the feed is behind while it does not read,
 * and that the broker is away, of which a consumer that waits for records says nothing.
 */
final class TopicWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** It may be busy, or a question be lost. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Supplier<Admin> admins;
    private final String topic;
    private final FeedStatus status;
    private long heardAt;
    private boolean silent;
    private @Nullable Thread thread;

    /** @param admins makes one; throws KafkaException while no broker's name can be resolved */
    TopicWatch(Supplier<Admin> admins, String topic, FeedStatus status) {
        this.admins = admins;
        this.topic = topic;
        this.status = status;
    }

    private void run() {
        heardAt = System.nanoTime();
        try {
            while (true) {
                try (Admin admin = admins.get()) {
                    while (true) {
                        ask(admin);
                        Thread.sleep(PAUSE);
                    }
                } catch (RuntimeException e) { // of whatever kind: there is nobody else to ask
                    failed(e);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            status.topicEnds(ends(admin));
            heardAt = System.nanoTime();
            if (silent) {
                log.info("the broker answers again");
                silent = false;
            }
        } catch (ExecutionException e) {
            failed(e.getCause());
        }
    }

    private Map<Integer, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        try {
            TopicDescription description =
                    get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
            Map<TopicPartition, OffsetSpec> ends = description.partitions().stream()
                    .collect(toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> OffsetSpec.latest()));
            return get(admin.listOffsets(ends).all()).entrySet().stream()
                    .collect(toMap(
                            end -> end.getKey().partition(),
                            end -> end.getValue().offset()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Map.of(); // not there yet, which the broker has said
            }
            throw e;
        }
    }

    private static <T> T get(@Nullable KafkaFuture<T> answer) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(answer).get();
    }

    private void failed(Throwable failure) {
        if (System.nanoTime() - heardAt < LONGEST_SILENCE.toNanos()) {
            return;
        }
        if (!silent) {
            log.warn("the broker does not say where the topic ends; asking until it does", failure);
            silent = true;
        }
        status.brokerIsSilent();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("topic-watch").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
