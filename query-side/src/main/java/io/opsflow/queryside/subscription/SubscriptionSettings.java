package io.opsflow.queryside.subscription;

import io.opsflow.web.setting.WrongSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are streamed.
 *
 * @param limit streams that one process serves at most
 * @param heartbeat the longest silence on a stream
 */
@ConfigurationProperties("opsflow.subscription")
record SubscriptionSettings(
        @DefaultValue("2000") int limit,
        @DefaultValue("15s") Duration heartbeat) {

    SubscriptionSettings {
        if (heartbeat.toMillis() < 1) {
            throw new WrongSetting("OPSFLOW_SUBSCRIPTION_HEARTBEAT must be a time, such as 15s.");
        }
    }
}
