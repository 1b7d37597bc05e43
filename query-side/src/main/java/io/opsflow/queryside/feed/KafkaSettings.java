package io.opsflow.queryside.feed;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events come from.
 *
 * @param bootstrap addresses of the brokers
 * @param topic its name
 */
@ConfigurationProperties("opsflow.kafka")
record KafkaSettings(
        @Nullable String bootstrap,
        @DefaultValue("opsflow.events") String topic) {}
