package io.opsflow.queryside.consistency;

import io.opsflow.web.setting.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fresh reads may be.
 *
 * @param limit how long a read waits at most for the changes it wants to include
 */
@ConfigurationProperties("opsflow.consistency")
record ConsistencySettings(@DefaultValue("5s") Duration limit) {

    ConsistencySettings {
        new SettingCheck().isAtLeast("OPSFLOW_CONSISTENCY_LIMIT", limit, "0ms").end();
    }
}
