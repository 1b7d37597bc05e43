package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

class ConsoleListTest extends ConsoleTest {

    private static final String KEEP_COPIES = """
            window.copied = [];
            Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied.push(text); } } });
            """;

    private static final String KEEP_DOWNLOADS = """
            window.downloads = [];
            URL.createObjectURL = blob => { blob.text().then(text => window.downloads.push(text)); return '#'; };
            """;

    /** Field, operator and value, by turns for the one task of the two and for the other, so that each has an effect. */
    private static final List<List<String>> CONDITIONS = List.of(
            List.of("name", "eq", "Disk, full"),
            List.of("name", "not", "Disk, full"),
            List.of("data.node", "gt", "5"),
            List.of("data.node", "lt", "5"),
            List.of("data.node", "gte", "7"),
            List.of("data.node", "lte", "3"),
            List.of("name", "in", "[\"Disk, full\", null]"),
            List.of("completed_at", "datetime_gt", "2020-01-01"),
            List.of("name", "not_in", "Order disks, another"),
            List.of("completed_at", "datetime_gte", "2020-01-01"),
            List.of("assignee", "exists", "true"),
            List.of("completed_at", "datetime_lt", "2999-01-01"),
            List.of("name", "contain", "K, f"),
            List.of("name", "not_contain", "k, f"),
            List.of("name", "contain_in", "[\"k, f\"]"),
            List.of("completed_at", "datetime_lte", "2999-01-01"),
            List.of("name", "not_contain_in", "order, another"),
            List.of("completed_at", "timediff_gt", "now - 1h"),
            List.of("data.disks", "match", "{\"id\": \"x\"}"),
            List.of("completed_at", "timediff_gte", "now/d - 7d"),
            List.of("name", "regex", "^disk"),
            List.of("completed_at", "timediff_lt", "now + 1h"),
            List.of("name", "regex_in", "[\"^d.{1,3}k\", \"nothing\"]"),
            List.of("completed_at", "timediff_lte", "now + 1h"),
            List.of("data.place", "eq", "{\"room\": \"12b\"}"));

    @Test
    void aConditionIsBuiltAppliedAndStandsInTheAddress() {
        task("Disk full", Map.of("data", Map.of("node", 7)));
        task("Order disks", Map.of("data", Map.of("node", 3)));
        Tab tab = at("#/list", KIM);
        tab.awaitText("Disk full").awaitText("Order disks");
        tab.click(tab.withText("button", "Add a condition"));
        tab.type(tab.css("[aria-label=Field]"), "data.node");
        tab.css("[aria-label=Operator] option[value=gt]").click();
        tab.type(tab.css("[aria-label=Value]"), "5");
        tab.click("Apply").awaitNoText("Order disks").awaitText("1 task");
        assertThat(tab.driver().getCurrentUrl()).contains("data.node");
        at(tab.driver().getCurrentUrl().replaceFirst("^[^#]*", ""), LEE).awaitText("1 task");
    }

    @Test
    void everyOperatorFindsWhatItShouldAlsoByValuesWithCommas() {
        task(
                "Disk, full",
                Map.of(
                        "assignee",
                        KIM,
                        "data",
                        Map.of(
                                "node",
                                7,
                                "disks",
                                List.of(Map.of("id", "x", "n", 1)),
                                "place",
                                Map.of("room", "12b"))));
        String other = task("Order disks", Map.of("data", Map.of("node", 3)));
        visible(owner, owner.task("change_status", Map.of("task_id", other, "status_id", Demo.DONE)));
        Tab tab = at("#/list", KIM);
        tab.until(() -> names(tab).size() == 2);
        tab.click(tab.withText("button", "Add a condition"));
        assertThat(tab.driver().findElements(By.cssSelector("[aria-label=Operator] option")).stream()
                        .map(option -> option.getDomAttribute("value")))
                .containsExactlyInAnyOrderElementsOf(CONDITIONS.stream()
                        .map(condition -> condition.get(1))
                        .distinct()
                        .toList());
        for (int i = 0; i < CONDITIONS.size(); i++) {
            List<String> condition = CONDITIONS.get(i);
            List<String> found = List.of(i % 2 == 0 ? "Disk, full" : "Order disks");
            tab.go("#/list?all=" + encoded(condition));
            await(condition.toString()).ignoreExceptions().until(() -> names(tab), found::equals);
        }
    }

    @Test
    void theShownRequestIsTheOneThatWorksAndCanBeCopied() {
        task("Disk full");
        Tab tab = at("#/list?q=disk", KIM);
        tab.awaitText("1 task").script(KEEP_COPIES);
        tab.click(tab.css(".requests summary")).click("Copy JSON").click("Copy curl");
        List<?> copied = (List<?>) tab.until(() -> {
            List<?> texts = (List<?>) tab.script("return window.copied");
            return texts.size() == 2 ? texts : null;
        });
        assertThat(owner.post("/opsflow/v1/task/list", copied.getFirst())
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
        assertThat((String) copied.getLast()).startsWith("curl ").contains("/opsflow/v1/task/list");
    }

    @Test
    void columnsAreChosenSortedAndGivenAsCsv() {
        task("=SUM(1), \"quoted\"", Map.of("priority", "LOW", "data", Map.of("node", 7)));
        task("Zebra", Map.of("priority", "HIGH"));
        Tab tab = at("#/list?cols=name,data.node&sort=name", KIM);
        tab.awaitText("Zebra");
        assertThat(names(tab)).containsExactly("=SUM(1), \"quoted\"", "Zebra");
        tab.click(tab.css("th .sort"));
        tab.until(() -> names(tab).getFirst().equals("Zebra"));
        tab.click("Columns").click(tab.withText("label", "Priority"));
        tab.until(() -> tab.css(".cell-priority").getText().equals("High"));
        tab.script(KEEP_DOWNLOADS);
        tab.click("CSV");
        // As JSON: the driver makes line feeds of the ends of lines.
        Object csv = tab.until(() -> tab.script("return window.downloads[0] && JSON.stringify(window.downloads[0])"));
        assertThat(Json.mapper().readTree((String) csv).stringValue())
                .endsWith("\"Name\",\"data.node\",\"Priority\"\r\n\"Zebra\",\"\",\"High\"\r\n"
                        + "\"'=SUM(1), \"\"quoted\"\"\",\"7\",\"Low\"\r\n");
    }

    @Test
    void aNewTaskOfAnotherAppearsByItself() {
        Tab tab = at("#/list", KIM);
        tab.awaitText("No task is found");
        tab.withText("span", "Live");
        task("Came later");
        tab.awaitText("Came later");
    }

    private static String encoded(List<String> condition) {
        Map<String, String> members = Map.of("k", condition.get(0), "o", condition.get(1), "text", condition.get(2));
        return URLEncoder.encode(Json.write(List.of(members)), StandardCharsets.UTF_8);
    }

    private static List<String> names(Tab tab) {
        return tab.driver().findElements(By.cssSelector("td.cell-name")).stream()
                .map(WebElement::getText)
                .toList();
    }
}
