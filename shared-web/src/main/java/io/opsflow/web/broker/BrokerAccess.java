package io.opsflow.web.broker;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How clients of Kafka reach the brokers.
 *
 * @param bootstrap {@code host:port} of the brokers, comma-separated
 * @param properties what else the brokers want of a client, such as a password; null where that is nothing
 */
public record BrokerAccess(String bootstrap, @Nullable ClientProperties properties) {

    /** The settings of a client: what the brokers want, and what the client itself needs. */
    public Map<String, Object> client(Map<String, ?> own) {
        Map<String, Object> settings = new HashMap<>(own);
        if (properties != null) {
            settings.putAll(properties.values());
        }
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }
}
