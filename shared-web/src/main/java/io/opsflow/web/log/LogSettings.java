package io.opsflow.web.log;

import io.opsflow.web.setting.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is written.
 *
 * @param format of the log's lines: {@code text} for people, or {@code ecs} for a JSON object a line by the Elastic Common
 *     Schema
 */
@ConfigurationProperties("opsflow.log")
public record LogSettings(@DefaultValue("text") String format) {

    static final String ECS = "ecs";

    public LogSettings {
        new SettingCheck()
                .that(format.equals("text") || format.equals(ECS), "OPSFLOW_LOG_FORMAT must be text or ecs.")
                .end();
    }
}
