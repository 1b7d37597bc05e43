package io.opsflow.queryside.feed;

import io.opsflow.web.setting.WrongSetting;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes consumers. Kafka keeps no offsets for them: those stand in the read model. */
final class Consumers {

    private static final String HOST_AND_PORT = "[^\\s,:]+:\\d{1,5}|\\[[0-9A-Fa-f:.]+]:\\d{1,5}";

    private final String bootstrap;
    private final FeedSettings settings;

    /** @throws WrongSetting where the brokers' addresses are none; whether anybody answers there is found out later */
    Consumers(KafkaSettings kafka, FeedSettings settings) {
        if (kafka.bootstrap() == null || kafka.bootstrap().isBlank()) {
            throw new WrongSetting("OPSFLOW_KAFKA_BOOTSTRAP is not set: it names the brokers, as host:port.");
        }
        this.bootstrap = kafka.bootstrap();
        for (String address : bootstrap.split(",", -1)) {
            if (!address.strip().matches(HOST_AND_PORT)) {
                throw new WrongSetting("OPSFLOW_KAFKA_BOOTSTRAP must be host:port, or several with commas between.");
            }
        }
        this.settings = settings;
    }

    /** @throws org.apache.kafka.common.KafkaException while no broker's name can be resolved */
    Consumer<byte[], byte[]> create() {
        return new KafkaConsumer<>(
                Map.ofEntries(
                        Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, settings.group()),
                        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, "opsflow-feed"),
                        Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"),
                        Map.entry(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName()),
                        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        // The read model says where to go on; if the topic does not reach there, nobody may guess.
                        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                        Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch()),
                        // One that died is replaced within 15 seconds.
                        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000),
                        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000),
                        // How late a topic or partition that is new is seen.
                        Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 2_000),
                        Map.entry(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000),
                        Map.entry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                        Map.entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
