package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Each alert says what is the matter and where it is told what to do; Prometheus itself reads them. */
class AlertsTest {

    private static final Path PROMETHEUS = Path.of("../ops/prometheus");
    private static final Path RUNBOOK = Path.of("../docs/runbook.md");

    private record Alert(String name, String severity, String summary, String runbook) {

        @SuppressWarnings("unchecked")
        static Alert of(Map<String, Object> rule) {
            Map<String, String> labels = (Map<String, String>) rule.get("labels");
            Map<String, String> annotations = (Map<String, String>) rule.get("annotations");
            return new Alert(
                    (String) rule.get("alert"),
                    labels.get("severity"),
                    annotations.get("summary"),
                    annotations.get("runbook_url"));
        }
    }

    @Test
    void eachAlertIsASentenceForSomebodyAndLeadsToItsSection() throws Exception {
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.name()).startsWith("OpsFlow");
            assertThat(alert.severity()).isIn("page", "ticket");
            assertThat(alert.summary()).matches(".{20,150}\\.");
            assertThat(alert.runbook())
                    .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void eachAlertHasACaseInWhichItFires() throws Exception {
        String cases = Files.readString(PROMETHEUS.resolve("alerts-test.yml"));
        assertThat(alerts())
                .allSatisfy(alert ->
                        assertThat(cases).contains("labels: '{alertname=\"%s\"}', value: 1".formatted(alert.name())));
    }

    @Test
    void eachSectionIsThatOfAnAlertAndSaysWhatToLookAtAndWhatToDo() throws Exception {
        List<String> sections = List.of(Files.readString(RUNBOOK).split("(?m)^### ")).stream()
                .skip(1)
                .toList();
        assertThat(sections)
                .extracting(section -> section.lines().findFirst().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(Alert::name).toList());
        assertThat(sections)
                .allSatisfy(section -> assertThat(section)
                        .containsPattern("(?m)^Look:")
                        .containsPattern("(?m)^Do[:,]")
                        .contains("```"));
    }

    @Test
    void whatTheRunbookLinksToIsThere() throws Exception {
        String runbook = Files.readString(RUNBOOK);
        List<String> anchors = runbook.lines()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        java.util.regex.Pattern.compile("\\]\\(([^)]+)\\)")
                .matcher(runbook)
                .results()
                .forEach(link -> {
                    String target = link.group(1);
                    if (target.startsWith("#")) {
                        assertThat(anchors).contains(target.substring(1));
                    } else {
                        assertThat(RUNBOOK.resolveSibling(target.replaceAll("#.*", "")))
                                .exists();
                    }
                });
    }

    /** By promtool, which comes with Debian's package prometheus. */
    @Nested
    class Prometheus {

        @BeforeAll
        static void isInstalled() {
            boolean found = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
            Installed.assume("promtool", found); // Debian's package prometheus
        }

        @Test
        void acceptsTheAlerts() throws Exception {
            accepts("check", "rules", "alerts.yml");
        }

        @Test
        void findsThatTheyFireWhenTheyShouldAndNotOtherwise() throws Exception {
            accepts("test", "rules", "alerts-test.yml");
        }

        @Test
        void acceptsTheConfiguration() throws Exception {
            accepts("check", "config", "prometheus.yml");
        }

        private void accepts(String... arguments) throws IOException, InterruptedException {
            Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                            .toList())
                    .directory(PROMETHEUS.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(promtool.getInputStream().readAllBytes());
            assertThat(promtool.waitFor()).as(said).isZero();
        }
    }

    private static List<Alert> alerts() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(PROMETHEUS.resolve("alerts.yml")));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(Alert::of)
                .toList();
    }
}
