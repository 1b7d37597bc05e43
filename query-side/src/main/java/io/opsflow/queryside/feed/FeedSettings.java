package io.opsflow.queryside.feed;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topic is followed.
 *
 * @param group name of the consumer group; its members share the partitions
 * @param batch records a transaction at most, but for what the end of a request adds
 */
@ConfigurationProperties("opsflow.feed")
record FeedSettings(
        @DefaultValue("opsflow-read-model") String group,
        @DefaultValue("1000") int batch) {}
