package io.opsflow.standalone;

import io.opsflow.web.setting.SettingCheck;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.tool.ToolSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where one running OpsFlow is at home.
 *
 * @param home directory of data, keys and tokens
 */
@ConfigurationProperties("opsflow")
record HomeSettings(@DefaultValue(".opsflow") String home) {

    /** Those of a deployment that somebody has exported: its demo and its tools would write there. */
    private static final List<String> OF_OTHER_SERVERS = List.of(
            "opsflow.event-store.url",
            "opsflow.event-store.user",
            "opsflow.event-store.password",
            "opsflow.event-store.password-file",
            "opsflow.read-model.url",
            "opsflow.read-model.user",
            "opsflow.read-model.password",
            "opsflow.read-model.password-file",
            "opsflow.kafka.bootstrap",
            "opsflow.kafka.properties");

    HomeSettings {
        new SettingCheck().isNotBlank("OPSFLOW_HOME", home).end();
    }

    /** @throws WrongSetting also where the environment names servers, which are then not this one's */
    static Path configured() {
        ToolSettings settings = ToolSettings.ofTheEnvironment();
        OF_OTHER_SERVERS.stream().filter(settings::has).findFirst().ifPresent(name -> {
            throw new WrongSetting(
                    "%s is set, and standalone brings its own servers: unset it, or start command-side.jar and query-side.jar."
                            .formatted(name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)));
        });
        String home = settings.bind("opsflow", HomeSettings.class).home();
        return Path.of(home).toAbsolutePath().normalize();
    }
}
