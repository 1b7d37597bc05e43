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

    public QuerySettings {
        new SettingCheck()
                .isAtLeast("OPSFLOW_QUERY_TIME_LIMIT", timeLimit, "1ms")
                .isAtLeast("OPSFLOW_QUERY_POOL_SIZE", poolSize, 1)
                .end();
    }

    /** What the server must know of every connection for queries, so that no query has to say it. */
    public String connectionOptions() {
        return "-c default_transaction_read_only=on -c statement_timeout=" + timeLimit.toMillis();
    }
}
