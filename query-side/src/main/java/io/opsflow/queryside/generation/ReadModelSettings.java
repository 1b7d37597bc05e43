package io.opsflow.queryside.generation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the read model is kept.
 *
 * @param url JDBC URL of its database
 * @param user may be left out where the URL names one, as may the password
 * @param poolSize connections at most
 */
@ConfigurationProperties("opsflow.read-model")
public record ReadModelSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        @DefaultValue("20") int poolSize) {}
