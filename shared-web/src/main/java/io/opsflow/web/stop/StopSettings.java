package io.opsflow.web.stop;

import io.opsflow.web.setting.WrongSetting;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a stop may take before what is in flight is all that is waited for.
 *
 * @param notice OPSFLOW_STOP_NOTICE, how long a process that is told to stop still takes connections while its readiness
 *     says no; for load balancers that ask for it and would not try another process where one refuses
 * @param drain OPSFLOW_STOP_DRAIN, how long it waits at most for its clients to give up the connections they keep
 */
@ConfigurationProperties("opsflow.stop")
public record StopSettings(
        @DefaultValue("0s") Duration notice,
        @DefaultValue("6s") Duration drain) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public StopSettings {
        check("OPSFLOW_STOP_NOTICE", notice);
        check("OPSFLOW_STOP_DRAIN", drain);
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new WrongSetting(name + " is wrong: a time from 0s to 10m, e.g. 5s");
        }
    }
}
