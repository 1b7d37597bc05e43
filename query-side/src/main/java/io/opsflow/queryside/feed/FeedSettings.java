package io.opsflow.queryside.feed;

import io.opsflow.web.setting.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topic is followed.
 *
 * @param group consumer group, to whose name the layout of the tables is added; its members share the partitions of one
 *     read model
 * @param consumers members of the group in this process, each with a thread and a transaction of its own
 * @param batch records a transaction at most, but for what the end of a request adds
 */
@ConfigurationProperties("opsflow.feed")
public record FeedSettings(
        @DefaultValue("opsflow-read-model") String group,
        @DefaultValue("2") int consumers,
        @DefaultValue("1000") int batch) {

    public FeedSettings {
        new SettingCheck()
                .isNotBlank("OPSFLOW_FEED_GROUP", group)
                .isAtLeast("OPSFLOW_FEED_CONSUMERS", consumers, 1)
                .isAtLeast("OPSFLOW_FEED_BATCH", batch, 1)
                .end();
    }

    /** One for each consumer, one to sort in new words, and one for who has parked events tried again. */
    public int connections() {
        return consumers + 2;
    }
}
