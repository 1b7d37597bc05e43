package io.opsflow.web.tool;

import io.opsflow.web.setting.Setting;
import io.opsflow.web.setting.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what is wrong with the settings, all at once, or what they are, without starting anything or asking a server: it
 * reads the environment and the files that it names. Secrets are not shown.
 */
final class CheckConfig implements Tool {

    static final ToolSet ALL =
            new ToolSet(Map.of(Tools.CHECK_CONFIG, new CheckConfig()), """
              check-config                        says what is wrong with the settings, or what they are
            """, failure -> Optional.empty());

    private static final int RIGHT = 0;
    private static final int WRONG = 1;

    private CheckConfig() {}

    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) {
        Settings known = Settings.onTheClassPath();
        // Both sides may say the same about what they share.
        List<String> wrong = known.records().stream()
                .flatMap(group -> settings.wrong(group.prefix(), group.type()).stream())
                .distinct()
                .toList();
        if (wrong.isEmpty()) {
            values(known, settings).forEach((variable, value) -> out.printf("%-40s %s%n", variable, value));
        }
        wrong.forEach(out::println);
        settings.unknown().forEach(out::println);
        out.println(wrong.isEmpty() ? "The settings are right." : "The service would not start with these settings.");
        return wrong.isEmpty() ? RIGHT : WRONG;
    }

    private static Map<String, String> values(Settings known, ToolSettings settings) {
        Map<String, String> values = new TreeMap<>();
        known.all().forEach(setting -> values.put(setting.variable(), value(setting, settings)));
        return values;
    }

    private static String value(Setting setting, ToolSettings settings) {
        return settings.text(setting.name())
                .map(setting::shown)
                .orElse(setting.standard() == null ? "(not set)" : setting.standard() + " (default)");
    }
}
