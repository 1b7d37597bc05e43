package io.opsflow.commandside.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that the topic is there: 12 partitions, kept for ever. Keeps trying while the broker is away. */
final class Topic implements AutoCloseable {

    /** Some ten times the largest event. */
    static final int LARGEST_RECORD = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Topic.class);

    private static final int PARTITIONS = 12;
    private static final long PAUSE_MILLIS = 1_000;

    private final RelaySettings settings;
    private final CompletableFuture<Boolean> there = new CompletableFuture<>();
    private final Thread creator;

    private Topic(RelaySettings settings) {
        this.settings = settings;
        this.creator = Thread.ofPlatform().daemon().name("topic").unstarted(this::keepTrying);
    }

    /** Begins to try, and returns at once. */
    static Topic ensure(RelaySettings settings) {
        Topic topic = new Topic(settings);
        topic.creator.start();
        return topic;
    }

    /**
     * Waits until the topic is there. Sending earlier could make a broker create it with settings of its own.
     *
     * @throws IllegalStateException when this is closed meanwhile
     */
    void await() throws InterruptedException {
        try {
            there.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the relay has been stopped", e);
        }
    }

    /** Creates it where it is missing. Empty where it is there now, else what is the matter. */
    static String create(RelaySettings settings) throws InterruptedException {
        try (Admin admin = admin(settings)) {
            return create(admin, settings);
        }
    }

    private static Admin admin(RelaySettings settings) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrap(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000L,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000));
    }

    private void keepTrying() {
        try (Admin admin = admin(settings)) {
            String problem = "";
            while (!there.isDone()) {
                String newProblem = create(admin, settings);
                if (newProblem.isEmpty()) {
                    there.complete(true);
                    return;
                }
                if (!newProblem.equals(problem)) {
                    log.warn("The topic {} cannot be created yet, will keep trying: {}", settings.topic(), newProblem);
                }
                problem = newProblem;
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String create(Admin admin, RelaySettings settings) throws InterruptedException {
        // Without a replication factor the brokers' default counts.
        Optional<Short> replication =
                settings.replication() > 0 ? Optional.of(settings.replication()) : Optional.empty();
        NewTopic topic = new NewTopic(settings.topic(), Optional.of(PARTITIONS), replication)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST_RECORD)));
        try {
            admin.createTopics(List.of(topic)).all().get();
            log.info("Created the topic {} with {} partitions", settings.topic(), PARTITIONS);
            return "";
        } catch (ExecutionException e) {
            return e.getCause() instanceof TopicExistsException ? "" : String.valueOf(e.getCause());
        }
    }

    @Override
    public void close() {
        there.cancel(false);
        creator.interrupt();
    }
}
