package io.opsflow.commandside.relay;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes consumers that read the topic for an audit: they join no group and leave no trace. */
final class TopicConsumer {

    private TopicConsumer() {}

    static Consumer<byte[], byte[]> create(RelaySettings settings) {
        return new KafkaConsumer<>(
                settings.brokers()
                        .client(Map.of(
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "opsflow-tool",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                2_000,
                                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                                16 * 1024 * 1024,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                10_000,
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                9_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
