package io.opsflow.commandside.relay;

import io.opsflow.web.setting.WrongSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events go.
 *
 * @param bootstrap OPSFLOW_KAFKA_BOOTSTRAP, host:port of one or more brokers, comma-separated
 * @param topic its name
 * @param replication OPSFLOW_KAFKA_REPLICATION, copies of the topic where this service creates it; -1 is the brokers'
 *     default
 */
@ConfigurationProperties("opsflow.kafka")
record RelaySettings(
        @Nullable String bootstrap,
        @DefaultValue("opsflow.events") String topic,
        @DefaultValue("-1") short replication) {

    RelaySettings {
        if (bootstrap == null || !bootstrap.strip().matches("[^\\s,]+:\\d+(\\s*,\\s*[^\\s,]+:\\d+)*")) {
            throw new WrongSetting(
                    "OPSFLOW_KAFKA_BOOTSTRAP is missing or wrong: host:port of one or more brokers, e.g. localhost:9092");
        }
    }

    @Override
    public String bootstrap() {
        return String.valueOf(bootstrap);
    }
}
