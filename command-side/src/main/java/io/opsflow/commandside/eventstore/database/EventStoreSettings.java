package io.opsflow.commandside.eventstore.database;

import io.opsflow.web.setting.Secret;
import io.opsflow.web.setting.SettingCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the events are kept.
 *
 * @param url JDBC URL of the event store's database, such as {@code jdbc:postgresql://db:5432/event_store}
 * @param user user of the event store's database; may be left out where the URL names one
 * @param password password for the event store's database; may be left out where the URL holds one
 * @param passwordFile file that holds the password for the event store's database, instead of it
 * @param poolSize connections to the event store's database at most for commands; 8 more are for what follows it
 * @param cacheSize memory for tasks, categories and types in recent use
 * @param keysKept how long idempotency keys are remembered; at least 24h
 */
@ConfigurationProperties("opsflow.event-store")
public record EventStoreSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable String passwordFile,
        @DefaultValue("20") int poolSize,
        @DefaultValue("64MB") DataSize cacheSize,
        @DefaultValue("48h") Duration keysKept) {

    /** What clients are promised. */
    private static final String KEPT_AT_LEAST = "24h";

    public EventStoreSettings {
        SettingCheck check = new SettingCheck()
                .isSet("OPSFLOW_EVENT_STORE_URL", url, "the JDBC URL of the event store's database")
                .isPostgresUrl("OPSFLOW_EVENT_STORE_URL", url, given -> Driver.parseURL(given, null) != null)
                .isAtLeast("OPSFLOW_EVENT_STORE_POOL_SIZE", poolSize, 1)
                .isAtLeast("OPSFLOW_EVENT_STORE_CACHE_SIZE", cacheSize.toBytes(), 0)
                .isAtLeast("OPSFLOW_EVENT_STORE_KEYS_KEPT", keysKept, KEPT_AT_LEAST);
        password = check.secret("OPSFLOW_EVENT_STORE_PASSWORD", password, passwordFile);
        passwordFile = null; // it is read
        check.end();
    }

    @Override
    public String url() {
        return String.valueOf(url).strip();
    }

    /** The same database by other connections. */
    public EventStoreSettings withPoolSize(int size) {
        return new EventStoreSettings(url, user, password, passwordFile, size, cacheSize, keysKept);
    }
}
