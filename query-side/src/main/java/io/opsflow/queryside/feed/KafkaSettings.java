package io.opsflow.queryside.feed;

import io.opsflow.web.setting.SettingCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events come from.
 *
 * @param bootstrap {@code host:port} of the brokers, comma-separated
 * @param topic the topic; made by the command side where it is missing, 12 partitions, kept for ever
 */
@ConfigurationProperties("opsflow.kafka")
record KafkaSettings(
        @Nullable String bootstrap,
        @DefaultValue("opsflow.events") String topic) {

    KafkaSettings {
        new SettingCheck()
                .isSet("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap, "the host:port of the brokers")
                .areBrokers("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap)
                .isTopic("OPSFLOW_KAFKA_TOPIC", topic)
                .end();
    }

    @Override
    public String bootstrap() {
        return String.valueOf(bootstrap);
    }
}
