package io.opsflow.queryside.consistency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param limit how long a read waits at most for the changes it wants to include; the contract's 5 s unless told otherwise */
@ConfigurationProperties("opsflow.consistency")
record ConsistencySettings(@DefaultValue("5s") Duration limit) {}
