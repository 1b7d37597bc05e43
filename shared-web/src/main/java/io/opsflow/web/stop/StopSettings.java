package io.opsflow.web.stop;

import io.opsflow.web.setting.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a stop may take before what is in flight is all that is waited for.
 *
 * @param notice how long a process that is told to stop still takes connections while its readiness says no, for load
 *     balancers that ask for it and would not try another process where one refuses
 * @param drain how long a process that is told to stop waits at most for its clients to give up the connections they keep
 */
@ConfigurationProperties("opsflow.stop")
public record StopSettings(
        @DefaultValue("0s") Duration notice,
        @DefaultValue("6s") Duration drain) {

    public StopSettings {
        new SettingCheck()
                .isAtLeast("OPSFLOW_STOP_NOTICE", notice, "0s")
                .isAtLeast("OPSFLOW_STOP_DRAIN", drain, "0s")
                .end();
    }
}
