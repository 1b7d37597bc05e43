package io.opsflow.commandside.relay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic at the broker: whether it is there, which one it is, deleting it, and making it: 12 partitions, kept for
 * ever.
 */
public final class Topic {

    /** Some four times the largest event, which is no larger than a request. */
    static final int LARGEST_RECORD = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Topic.class);

    private static final int PARTITIONS = 12;
    private static final int LONGEST_ANSWER_MILLIS = 3_000;
    private static final int MOST_QUESTIONS = 100;
    private static final long BETWEEN_QUESTIONS_MILLIS = 50;

    private Topic() {}

    /**
     * Kafka's own id of it: a topic that is made anew under the same name has another one. Empty where there is none.
     *
     * @throws KafkaException where the broker does not answer
     */
    public static Optional<String> id(RelaySettings settings) throws InterruptedException {
        try (Admin admin = admin(settings)) {
            return id(admin, settings.topic());
        }
    }

    /**
     * Creates it where it is missing.
     *
     * @return its id
     * @throws KafkaException where it cannot be created
     */
    public static String create(RelaySettings settings) throws InterruptedException {
        return createAnother(settings, "");
    }

    /**
     * Likewise, where one was deleted that a broker may still tell of.
     *
     * @param than the id of that one
     */
    public static String createAnother(RelaySettings settings, String than) throws InterruptedException {
        try (Admin admin = admin(settings)) {
            return create(admin, settings, than);
        }
    }

    /**
     * Deletes this one, and no other that has got its name meanwhile, and returns when it is gone.
     *
     * @throws KafkaException where it cannot be deleted
     */
    public static void delete(RelaySettings settings, String id) throws InterruptedException {
        try (Admin admin = admin(settings)) {
            admin.deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.fromString(id))))
                    .all()
                    .get();
            for (int i = 0; i < MOST_QUESTIONS; i++) {
                if (!id(admin, settings.topic()).equals(Optional.of(id))) {
                    return;
                }
                Thread.sleep(BETWEEN_QUESTIONS_MILLIS);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicIdException) {
                return;
            }
            throw new KafkaException(
                    "the topic %s cannot be deleted: %s".formatted(settings.topic(), e.getCause()), e.getCause());
        }
        throw new KafkaException("the topic %s was deleted and is still there".formatted(settings.topic()));
    }

    static Admin admin(RelaySettings settings) {
        return Admin.create(settings.brokers()
                .client(Map.of(
                        AdminClientConfig.CLIENT_ID_CONFIG,
                        "opsflow-relay-admin",
                        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1_000L,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000)));
    }

    static Optional<String> id(Admin admin, String name) throws InterruptedException {
        try {
            return Optional.of(
                    admin.describeTopics(List.of(name), new DescribeTopicsOptions().timeoutMs(LONGEST_ANSWER_MILLIS))
                            .topicNameValues()
                            .get(name)
                            .get()
                            .topicId()
                            .toString());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }

    static String create(Admin admin, RelaySettings settings) throws InterruptedException {
        return create(admin, settings, "");
    }

    private static String create(Admin admin, RelaySettings settings, String than) throws InterruptedException {
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
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException(
                        "the topic %s cannot be created: %s".formatted(settings.topic(), e.getCause()), e.getCause());
            }
        }
        return awaitId(admin, settings.topic(), than);
    }

    /** A broker hears of a new topic, and that the one before is gone, a moment later than its controller. */
    private static String awaitId(Admin admin, String name, String than) throws InterruptedException {
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            Optional<String> id = id(admin, name);
            if (id.isPresent() && !id.get().equals(than)) {
                return id.get();
            }
            Thread.sleep(BETWEEN_QUESTIONS_MILLIS);
        }
        throw new KafkaException("the topic %s was created and is not there".formatted(name));
    }
}
