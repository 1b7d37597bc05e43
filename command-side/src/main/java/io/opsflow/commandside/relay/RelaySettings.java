package io.opsflow.commandside.relay;

import io.opsflow.web.setting.WrongSetting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events go.
 *
 * @param bootstrap OPSFLOW_KAFKA_BOOTSTRAP, host:port of one or more brokers, comma-separated
 * @param topic OPSFLOW_KAFKA_TOPIC, its name
 * @param replication OPSFLOW_KAFKA_REPLICATION, copies of the topic where this service creates it; -1 is the brokers'
 *     default
 */
@ConfigurationProperties("opsflow.kafka")
public record RelaySettings(
        @Nullable String bootstrap,
        @DefaultValue("opsflow.events") String topic,
        @DefaultValue("-1") short replication) {

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    public RelaySettings {
        if (!isTopic(topic)) {
            throw new WrongSetting(
                    "OPSFLOW_KAFKA_TOPIC is wrong: letters, digits, dots, underscores and hyphens, at most 249");
        }
        if (bootstrap == null || !bootstrap.strip().matches("[^\\s,]+:\\d+(\\s*,\\s*[^\\s,]+:\\d+)*")) {
            throw new WrongSetting(
                    "OPSFLOW_KAFKA_BOOTSTRAP is missing or wrong: host:port of one or more brokers, e.g. localhost:9092");
        }
    }

    @Override
    public String bootstrap() {
        return String.valueOf(bootstrap);
    }

    /** The same brokers, another topic. */
    public RelaySettings withTopic(String other) {
        return new RelaySettings(bootstrap, other, replication);
    }

    /** The name of the processor, and with it of its position: how far the relay is belongs to the topic. */
    public String processor() {
        return Relay.GROUP + ":" + topic;
    }

    /** Whether Kafka takes it as the name of a topic. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }
}
