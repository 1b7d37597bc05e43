package io.opsflow.queryside.query;

import io.opsflow.web.setting.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How queries are run.
 *
 * @param timeLimit after which list and stat answer 503
 * @param poolSize connections at most for list and stat, beside those of the read model
 */
@ConfigurationProperties("opsflow.query")
public record QuerySettings(
        @DefaultValue("5s") Duration timeLimit,
        @DefaultValue("10") int poolSize) {

    private static final Duration MARGIN = Duration.ofMillis(500);

    public QuerySettings {
        new SettingCheck()
                .isAtLeast("OPSFLOW_QUERY_TIME_LIMIT", timeLimit, "1ms")
                .isAtLeast("OPSFLOW_QUERY_POOL_SIZE", poolSize, 1)
                .end();
    }

    /**
     * What the server must know of every connection for queries, so that no query has to say it. An answer that comes in
     * portions is a statement each, and a transaction in all; a single statement shall run into its own limit first. Texts
     * are written into statements too, where a backslash must be nothing but that, whatever the database is set to.
     */
    public String connectionOptions() {
        return ("-c default_transaction_read_only=on -c standard_conforming_strings=on -c statement_timeout=%d"
                        + " -c transaction_timeout=%d")
                .formatted(timeLimit.toMillis(), timeLimit.plus(MARGIN).toMillis());
    }
}
