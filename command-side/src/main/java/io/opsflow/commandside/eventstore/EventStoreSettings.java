package io.opsflow.commandside.eventstore;

import io.opsflow.web.setting.WrongSetting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the events are kept.
 *
 * @param url JDBC URL of the event store's database
 * @param user may be left out where the URL names one, as may the password
 * @param poolSize connections at most
 * @param cacheSize memory for aggregates in recent use
 * @param keysKept how long idempotency keys are remembered; at least 24 hours
 */
@ConfigurationProperties("opsflow.event-store")
public record EventStoreSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("20") int poolSize,
        @DefaultValue("64MB") DataSize cacheSize,
        @DefaultValue("48h") Duration keysKept) {

    private static final Duration PROMISED = Duration.ofHours(24);

    public EventStoreSettings {
        if (keysKept.compareTo(PROMISED) < 0) {
            throw new WrongSetting("OPSFLOW_EVENT_STORE_KEYS_KEPT is less than the 24h that clients rely on");
        }
    }
}
