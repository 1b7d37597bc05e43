package io.opsflow.commandside.eventstore;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the events are kept.
 *
 * @param url JDBC URL of the event store's database
 * @param user may be left out where the URL names one, as may the password
 * @param poolSize connections at most
 */
@ConfigurationProperties("opsflow.event-store")
public record EventStoreSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("20") int poolSize) {}
