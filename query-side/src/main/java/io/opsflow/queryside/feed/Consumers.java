package io.opsflow.queryside.feed;

import io.opsflow.queryside.generation.Layout;
import io.opsflow.web.broker.BrokerAccess;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes consumers. Kafka keeps no offsets for them: those stand in the read model. */
final class Consumers {

    /** Of a poll that fills a generation: few enough that they are gone before Java's collector copies them. */
    private static final int LOADED_AT_ONCE = 1_000;

    /** Likewise: what comes is one array, and of arrays from 512 KiB on the collector takes each for a reason to begin. */
    private static final int FETCHED_AT_ONCE = 400 * 1024;

    private final BrokerAccess brokers;
    private final FeedSettings settings;
    private final String group;

    Consumers(KafkaSettings kafka, FeedSettings settings, Layout layout) {
        this.brokers = kafka.brokers();
        this.settings = settings;
        // Processes of another layout have a read model of their own, and need all partitions as well.
        this.group = settings.group() + "-" + layout.id();
    }

    /**
     * One of the group that shares the partitions.
     *
     * @throws org.apache.kafka.common.KafkaException while no broker's name can be resolved
     */
    Consumer<byte[], byte[]> create() {
        Map<String, Object> properties = properties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
        // One that died is replaced within 15 seconds. Of one that leaves or joins the others hear with the next beat.
        // A partition changes hands in two rounds, and reads that wait for it should not have to give up.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
        return create(properties);
    }

    /** One of its own, for partitions that it is told; as {@link #create()}. */
    Consumer<byte[], byte[]> createAlone() {
        Map<String, Object> properties = properties();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LOADED_AT_ONCE);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_AT_ONCE);
        return create(properties);
    }

    /** For questions about the topic; as {@link #create()}. */
    Admin admin() {
        return Admin.create(brokers.client(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG,
                "opsflow-feed-admin",
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000L,
                // A stop waits for an answer.
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                2_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                2_000)));
    }

    private static Consumer<byte[], byte[]> create(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> properties() {
        return brokers.client(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "opsflow-feed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // The read model says where to go on; if the topic does not reach there, nobody may guess.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // How late a topic or partition that is new is seen.
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                2_000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000));
    }
}
