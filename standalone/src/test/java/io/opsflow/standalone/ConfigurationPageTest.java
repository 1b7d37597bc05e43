package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.web.setting.Setting;
import io.opsflow.web.setting.Settings;
import io.opsflow.web.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md against the records that hold the settings. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path README = Path.of("../README.md");

    private static final Map<String, String> HOLDERS = Map.of(
            "io.opsflow.web.", "both",
            "io.opsflow.commandside.", "command side",
            "io.opsflow.queryside.", "query side",
            "io.opsflow.standalone.", "standalone");

    private final Set<String> required = required();

    @Test
    void everySettingHasItsRowAndEveryRowItsSetting() {
        List<String> rows = new TreeMap<>(
                        Settings.onTheClassPath().all().stream().collect(Collectors.groupingBy(Setting::variable)))
                .values().stream().map(this::row).toList();

        assertThat(ComposeFile.read(PAGE).lines().filter(line -> line.startsWith("| `OPSFLOW_")))
                .as("rows of docs/configuration.md, from the Javadoc of the records")
                .containsExactlyElementsOf(rows);
    }

    @Test
    void theReadmeNamesWhatIsRequired() {
        String section = ComposeFile.read(README).split("## Deploy it")[1].split("\n#")[0];

        assertThat(required)
                .hasSize(5)
                .allSatisfy(variable -> assertThat(section).contains("`" + variable + "`"));
    }

    private String row(List<Setting> sameOfEachHolder) {
        assertThat(sameOfEachHolder)
                .as("who shares a setting describes it alike")
                .allSatisfy(setting -> assertThat(setting)
                        .usingRecursiveComparison()
                        .ignoringFields("holder")
                        .isEqualTo(sameOfEachHolder.getFirst()));
        Setting setting = sameOfEachHolder.getFirst();
        Set<String> holders =
                sameOfEachHolder.stream().map(ConfigurationPageTest::holder).collect(Collectors.toSet());
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        setting.variable(),
                        holders.size() > 1 ? "both" : holders.iterator().next(),
                        standard(setting),
                        setting.meaning()
                                .replaceFirst("^%s, ".formatted(setting.variable()), "")
                                .replaceAll("\\{@code (\\{?[^{}]*}?)}", "`$1`"));
    }

    private String standard(Setting setting) {
        if (setting.standard() != null) {
            return "`" + setting.standard() + "`";
        }
        return required.contains(setting.variable()) ? "required" : "";
    }

    private static String holder(Setting setting) {
        return HOLDERS.entrySet().stream()
                .filter(entry -> setting.holder().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** What check-config misses where nothing is set. */
    private static Set<String> required() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tools.of().run(List.of(Tools.CHECK_CONFIG), Map.of(), new PrintStream(out, true), System.err);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" is not set: "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
