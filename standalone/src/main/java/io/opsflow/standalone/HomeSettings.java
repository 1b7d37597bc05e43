package io.opsflow.standalone;

import io.opsflow.web.setting.SettingCheck;
import io.opsflow.web.tool.ToolSettings;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where one running OpsFlow is at home.
 *
 * @param home directory of data, keys and tokens
 */
@ConfigurationProperties("opsflow")
record HomeSettings(@DefaultValue(".opsflow") String home) {

    HomeSettings {
        new SettingCheck().isNotBlank("OPSFLOW_HOME", home).end();
    }

    static Path configured() {
        String home = ToolSettings.ofTheEnvironment()
                .bind("opsflow", HomeSettings.class)
                .home();
        return Path.of(home).toAbsolutePath().normalize();
    }
}
