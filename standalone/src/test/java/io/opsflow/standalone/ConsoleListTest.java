package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
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
    void everyOperatorIsThere() {
        Tab tab = at("#/list", KIM);
        tab.click(tab.withText("button", "Add a condition"));
        assertThat(tab.driver().findElements(By.cssSelector("[aria-label=Operator] option")).stream()
                        .map(option -> option.getDomAttribute("value")))
                .containsExactly(
                        "eq",
                        "not",
                        "gt",
                        "gte",
                        "lt",
                        "lte",
                        "in",
                        "not_in",
                        "exists",
                        "contain",
                        "not_contain",
                        "contain_in",
                        "not_contain_in",
                        "match",
                        "regex",
                        "regex_in",
                        "datetime_gt",
                        "datetime_gte",
                        "datetime_lt",
                        "datetime_lte",
                        "timediff_gt",
                        "timediff_gte",
                        "timediff_lt",
                        "timediff_lte");
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
        tab.css(".cell-priority");
        tab.script(KEEP_DOWNLOADS);
        tab.click("CSV");
        // As JSON: the driver makes line feeds of the ends of lines.
        Object csv = tab.until(() -> tab.script("return window.downloads[0] && JSON.stringify(window.downloads[0])"));
        assertThat(Json.mapper().readTree((String) csv).stringValue())
                .endsWith("Name,data.node,Priority\r\nZebra,,High\r\n\"'=SUM(1), \"\"quoted\"\"\",7,Low\r\n");
    }

    @Test
    void aNewTaskOfAnotherAppearsByItself() {
        Tab tab = at("#/list", KIM);
        tab.awaitText("No task is found");
        tab.withText("span", "Live");
        task("Came later");
        tab.awaitText("Came later");
    }

    private static List<String> names(Tab tab) {
        return tab.driver().findElements(By.cssSelector("td.cell-name")).stream()
                .map(WebElement::getText)
                .toList();
    }
}
