package io.opsflow.queryside.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How queries are run.
 *
 * @param timeLimit after which a query is given up
 */
@ConfigurationProperties("opsflow.query")
record QuerySettings(@DefaultValue("5s") Duration timeLimit) {}
