package io.opsflow.web.setting;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How clients of Kafka reach the brokers.
 *
 * @param bootstrap {@code host:port} of the brokers, comma-separated
 * @param properties what else the brokers want of a client, such as a password; null where that is nothing
 */
public record BrokerAccess(String bootstrap, @Nullable ClientProperties properties) {

    /** The settings of a client: what the brokers want, and over it what the client cannot do without. */
    public Map<String, Object> client(Map<String, ?> own) {
        Map<String, Object> settings = new HashMap<>();
        if (properties != null) {
            settings.putAll(properties.values());
        }
        settings.putAll(own);
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }
}
