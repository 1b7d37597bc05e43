package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** What docs/metrics.md, the dashboard and the alerts say of metrics is so on a running service. */
class MetricsTest extends ServiceTest {

    private static final Path DOCS = Path.of("../docs/metrics.md");
    private static final Path DASHBOARD = Path.of("../ops/grafana/opsflow.json");
    private static final Path ALERTS = Path.of("../ops/prometheus/alerts.yml");

    /** One of our metrics with the value of a label. */
    private static final Pattern SELECTOR = Pattern.compile("(opsflow_\\w+)\\{(\\w+)=\"(\\w+)\"}");

    private Exposition metrics;

    @BeforeEach
    void workALittle() {
        var task = created(owner, aTask("for the metrics"));
        Map<String, Object> change = Map.of("task_id", task.text("task_id"), "priority", "HIGH");
        assertThat(owner.task("update", change).status()).isEqualTo(200);
        assertThat(owner.task("list", Map.of()).status()).isEqualTo(200);
        metrics = metrics();
    }

    private Exposition metrics() {
        return Exposition.of(owner.get("/actuator/prometheus").body().asString());
    }

    @Test
    void commandsAreCountedByNameAndOutcome() {
        String id = owner.task("create", aTask("counted")).text("task_id");
        Map<String, Object> rename = Map.of("task_id", id, "name", "renamed");
        assertThat(owner.task("update", rename, Map.of("If-Match", "\"7\"")).status())
                .isEqualTo(412);
        assertThat(owner.task("update", rename).status()).isEqualTo(200);

        assertThat(commands("CreateTask", "done")).isPositive();
        assertThat(commands("UpdateTask", "done")).isPositive();
        assertThat(commands("UpdateTask", "refused")).isPositive();
        assertThat(commands("UpdateTask", "failed")).isZero();
        assertThat(metrics().sum("opsflow_append_events_total", Map.of()))
                .isGreaterThan(metrics.sum("opsflow_append_events_total", Map.of()));
    }

    private double commands(String name, String outcome) {
        Map<String, String> labels = Map.of("command", name, "outcome", outcome);
        return metrics().sum("opsflow_command_seconds_count", labels)
                - metrics.sum("opsflow_command_seconds_count", labels);
    }

    @Test
    void readsAreCountedByVerbAndOutcomeUnderEitherPath() {
        assertThat(owner.post("/opsflow/task/list", "{}").status()).isEqualTo(200);
        assertThat(owner.post("/opsflow/v1/t%61sk/%6Cist", "{}").status()).isEqualTo(200);
        assertThat(owner.post("/opsflow/v1/task/list", "{\"query\": 1}").status())
                .isEqualTo(400);

        assertThat(reads("task", "list", "done")).isPositive();
        assertThat(reads("task", "list", "refused")).isPositive();
        assertThat(reads("task", "list", "failed")).isZero();
        assertThat(metrics().samples())
                .extracting(sample -> sample.labels().get("verb"))
                .doesNotContain("%6Cist");
    }

    private double reads(String resource, String verb, String outcome) {
        Map<String, String> labels = Map.of("resource", resource, "verb", verb, "outcome", outcome);
        return metrics().sum("opsflow_query_seconds_count", labels)
                - metrics.sum("opsflow_query_seconds_count", labels);
    }

    @Test
    void everyMetricOfOursIsInTheDocsWithItsLabelsAndNoOther() throws Exception {
        Map<String, Set<String>> described = described();

        assertThat(described.keySet()).containsExactlyElementsOf(metrics.ours());
        described.forEach((name, labels) ->
                assertThat(metrics.labels(name)).as("labels of %s", name).isEqualTo(labels));
    }

    @Test
    void everyPoolIsMeasured() {
        assertThat(metrics.samples())
                .filteredOn(sample -> sample.name().equals("hikaricp_connections_active"))
                .extracting(sample -> sample.labels().get("pool"))
                .containsExactlyInAnyOrder("event-store", "event-store-followers", "feed", "read-model", "queries");
    }

    @Test
    void noMetricTellsOfATenant() {
        assertThat(metrics.samples())
                .flatExtracting(sample -> sample.labels().keySet())
                .doesNotContain("domain", "domain_id", "workspace", "workspace_id", "project_id", "user", "task_id");
    }

    @Test
    void everyMetricOfTheDashboardIsThere() throws Exception {
        List<String> expressions = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        for (JsonNode panel : dashboard().get("panels")) {
            if (panel.get("type").stringValue().equals("row")) {
                titles.add(panel.get("title").stringValue());
                continue;
            }
            assertThat(panel.get("targets")).as("%s", panel.get("title")).isNotEmpty();
            panel.get("targets")
                    .forEach(target -> expressions.add(target.get("expr").stringValue()));
        }
        assertThat(titles)
                .containsExactlyInAnyOrder(
                        "Commands",
                        "Event store",
                        "Relay",
                        "Feed and read model",
                        "Queries",
                        "Rebuild",
                        "Subscriptions",
                        "JVM and pools");
        assertAreThere(expressions);
    }

    @Test
    void everyMetricOfOursIsOnTheDashboard() throws Exception {
        String dashboard = Files.readString(DASHBOARD);
        assertThat(metrics.ours()).allSatisfy(name -> assertThat(dashboard).contains(name));
    }

    @Test
    void thePanelsOfTheDashboardHaveNumbersAndPlacesOfTheirOwn() throws Exception {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : dashboard().get("panels")) {
            JsonNode place = panel.get("gridPos");
            assertThat(ids.add(panel.get("id").intValue())).isTrue();
            for (int x = 0; x < place.get("w").intValue(); x++) {
                for (int y = 0; y < place.get("h").intValue(); y++) {
                    String square = (place.get("x").intValue() + x) + "/"
                            + (place.get("y").intValue() + y);
                    assertThat(places.add(square))
                            .as("two panels at %s", square)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyMetricOfTheAlertsIsThere() throws Exception {
        assertThat(alerts()).hasSizeGreaterThan(20);
        assertAreThere(alerts());
    }

    @Test
    void everyLabelThatAnAlertAsksForIsInTheDocsWithItsValue() throws Exception {
        List<MatchResult> selectors = alerts().stream()
                .flatMap(alert -> SELECTOR.matcher(alert).results())
                .toList();
        assertThat(selectors).hasSizeGreaterThan(5);
        for (MatchResult selector : selectors) {
            String metric = selector.group(1).replaceFirst("_(count|bucket|sum|max)$", "");
            assertThat(rows())
                    .as(selector.group())
                    .filteredOn(row -> row.getFirst().equals("`" + metric + "`"))
                    .singleElement()
                    .satisfies(row -> assertThat(words(row.get(2))).contains(selector.group(2)))
                    .satisfies(row -> assertThat(words(row.get(3))).contains(selector.group(3)));
        }
    }

    private static List<String> alerts() throws Exception {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(Files.readString(ALERTS));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(rule -> String.valueOf(rule.get("expr")))
                .toList();
    }

    @Test
    void everyMetricOfTheLibrariesInTheDocsIsThere() throws Exception {
        assertAreThere(rows().stream().map(row -> row.get(0)).toList());
    }

    private void assertAreThere(List<String> expressions) {
        Set<String> known = new TreeSet<>(metrics.names());
        known.addAll(metrics.ours());
        known.add("http_server_requests_seconds");
        for (String expression : expressions) {
            assertThat(known).as(expression).containsAll(Exposition.metricsIn(expression));
        }
    }

    private static JsonNode dashboard() throws Exception {
        return Json.mapper().readTree(Files.readString(DASHBOARD));
    }

    /** Of the tables of our own metrics: name and labels. */
    private static Map<String, Set<String>> described() throws Exception {
        Map<String, Set<String>> described = new TreeMap<>();
        for (List<String> row : rows()) {
            if (row.getFirst().startsWith("`opsflow_")) {
                described.put(row.getFirst().replace("`", ""), words(row.get(2)));
            }
        }
        return described;
    }

    private static List<List<String>> rows() throws Exception {
        return Files.readString(DOCS)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(1).split("\\|")))
                .map(cells -> cells.stream().map(String::strip).toList())
                .toList();
    }

    private static Set<String> words(String cell) {
        return new TreeSet<>(Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map((MatchResult word) -> word.group(1))
                .toList());
    }
}
