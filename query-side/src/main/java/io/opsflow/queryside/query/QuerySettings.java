package io.opsflow.queryside.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How queries are run.
 *
 * @param timeLimit after which a query is given up
 * @param poolSize connections at most; nothing else uses them
 */
@ConfigurationProperties("opsflow.query")
public record QuerySettings(
        @DefaultValue("5s") Duration timeLimit,
        @DefaultValue("10") int poolSize) {

    /** What the server must know of every connection for queries, so that no query has to say it. */
    public String connectionOptions() {
        return "-c default_transaction_read_only=on -c statement_timeout=" + timeLimit.toMillis();
    }
}
