package io.opsflow.standalone;

import io.opsflow.web.setting.SettingCheck;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.tool.ToolSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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

    /** To the shell from which pg_ctl starts PostgreSQL, and to Kafka, which takes several directories with commas. */
    private static final Pattern MEANS_MORE = Pattern.compile("[\"$`,]");

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
        return settings.bind("opsflow", HomeSettings.class).path();
    }

    /** @throws WrongSetting for a name that the system or one of the servers does not take as it is */
    Path path() {
        try {
            Path path = Path.of(home).toAbsolutePath().normalize();
            if (MEANS_MORE.matcher(path.toString()).find()) {
                throw new WrongSetting(
                        "OPSFLOW_HOME is %s: no directory's name in it may have one of \" $ ` ,".formatted(path));
            }
            return path;
        } catch (InvalidPathException e) {
            throw new WrongSetting("OPSFLOW_HOME is no name that a directory can have in this locale (LC_ALL): %s."
                    .formatted(e.getReason()));
        }
    }
}
