package io.opsflow.queryside.subscription;

import io.opsflow.web.setting.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are streamed.
 *
 * @param limit streams of events that one process serves at most; of one user, at most a tenth of them
 * @param heartbeat the longest silence on a stream of events
 */
@ConfigurationProperties("opsflow.subscription")
record SubscriptionSettings(
        @DefaultValue("2000") int limit,
        @DefaultValue("15s") Duration heartbeat) {

    SubscriptionSettings {
        new SettingCheck()
                .isAtLeast("OPSFLOW_SUBSCRIPTION_LIMIT", limit, 0)
                .isAtLeast("OPSFLOW_SUBSCRIPTION_HEARTBEAT", heartbeat, "1ms")
                .end();
    }
}
