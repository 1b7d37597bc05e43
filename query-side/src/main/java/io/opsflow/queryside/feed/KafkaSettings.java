package io.opsflow.queryside.feed;

import io.opsflow.web.broker.BrokerAccess;
import io.opsflow.web.broker.ClientProperties;
import io.opsflow.web.setting.SettingCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events come from.
 *
 * @param bootstrap {@code host:port} of the brokers, comma-separated
 * @param properties file with settings for Kafka's clients by Kafka's own names, for brokers that want TLS or a password
 * @param topic the topic; made by the command side where it is missing, 12 partitions, kept for ever
 */
@ConfigurationProperties("opsflow.kafka")
record KafkaSettings(
        @Nullable String bootstrap,
        @Nullable ClientProperties properties,
        @DefaultValue("opsflow.events") String topic) {

    KafkaSettings {
        SettingCheck check = new SettingCheck();
        properties = ClientProperties.read(check, "OPSFLOW_KAFKA_PROPERTIES", properties);
        check.isSet("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap, "the host:port of the brokers")
                .areBrokers("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap)
                .isTopic("OPSFLOW_KAFKA_TOPIC", topic)
                .end();
    }

    BrokerAccess brokers() {
        return new BrokerAccess(String.valueOf(bootstrap), properties);
    }
}
