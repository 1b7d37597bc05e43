package io.opsflow.commandside.relay;

import io.opsflow.web.broker.BrokerAccess;
import io.opsflow.web.broker.ClientProperties;
import io.opsflow.web.setting.SettingCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events go.
 *
 * @param bootstrap {@code host:port} of the brokers, comma-separated
 * @param properties file with settings for Kafka's clients by Kafka's own names, for brokers that want TLS or a password
 * @param topic the topic; made by the command side where it is missing, 12 partitions, kept for ever
 * @param replication copies of the topic where it is made; -1 is the brokers' default
 */
@ConfigurationProperties("opsflow.kafka")
public record RelaySettings(
        @Nullable String bootstrap,
        @Nullable ClientProperties properties,
        @DefaultValue("opsflow.events") String topic,
        @DefaultValue("-1") short replication) {

    public RelaySettings {
        SettingCheck check = new SettingCheck();
        properties = ClientProperties.read(check, "OPSFLOW_KAFKA_PROPERTIES", properties);
        check.isSet("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap, "the host:port of the brokers")
                .areBrokers("OPSFLOW_KAFKA_BOOTSTRAP", bootstrap)
                .isTopic("OPSFLOW_KAFKA_TOPIC", topic)
                .that(replication == -1 || replication > 0, "OPSFLOW_KAFKA_REPLICATION must be -1, or 1 or more.")
                .end();
    }

    public BrokerAccess brokers() {
        return new BrokerAccess(String.valueOf(bootstrap), properties);
    }

    /** The same brokers, another topic. */
    public RelaySettings withTopic(String other) {
        return new RelaySettings(bootstrap, properties, other, replication);
    }

    /** The name of the processor, and with it of its position: how far the relay is belongs to the topic. */
    public String processor() {
        return Relay.GROUP + ":" + topic;
    }

    /** Whether Kafka takes it as the name of a topic. */
    public static boolean isTopic(String name) {
        return SettingCheck.isTopic(name);
    }
}
