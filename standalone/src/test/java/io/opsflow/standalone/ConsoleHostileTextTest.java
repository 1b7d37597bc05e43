package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.TokenBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Any text is shown as text, wherever one of a task, of the catalog or of the service stands. */
class ConsoleHostileTextTest extends ConsoleTest {

    private static final String SCRIPT = "<script>window.hit=1</script>";
    private static final String HOSTILE = "<img src=x onerror=\"window.hit=1\">" + SCRIPT + "{{7*7}}${hit}";

    private final TokenBuilder person =
            other("WORKSPACE_OWNER").workspace(workspace).user(HOSTILE);

    @Test
    void inTheNamesOfTheCatalogAndInTheValuesOfATask() {
        ApiClient admin = as(other("DOMAIN_ADMIN"));
        String category = admin.post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                HOSTILE,
                                "description",
                                HOSTILE,
                                "status_options",
                                Map.of(
                                        "TODO", List.of(Map.of("name", HOSTILE, "color", HOSTILE)),
                                        "IN_PROGRESS", List.of(Map.of("name", HOSTILE)),
                                        "COMPLETED", List.of(Map.of("name", HOSTILE)))))
                .text("category_id");
        Map<String, ?> field = Map.of("name", HOSTILE, "description", HOSTILE, "field_type", "TEXT");
        var type = admin.post(
                        "/opsflow/v1/task-type/create",
                        Map.of(
                                "name",
                                HOSTILE,
                                "description",
                                HOSTILE,
                                "category_id",
                                category,
                                "assignee_pool",
                                List.of(HOSTILE),
                                "fields",
                                List.of(field)))
                .body();
        String status = await().until(
                        () -> admin.post("/opsflow/v1/task-category/get", Map.of("category_id", category))
                                .body()
                                .at("/status_options/TODO/0/status_id"),
                        JsonNode::isString)
                .stringValue();
        String id = created(
                        as(person),
                        Map.of(
                                "name",
                                HOSTILE,
                                "status_id",
                                status,
                                "project_id",
                                HOSTILE,
                                "task_type_id",
                                type.get("task_type_id").stringValue(),
                                "assignee",
                                HOSTILE,
                                "data",
                                Map.of(type.at("/fields/0/field_id").stringValue(), HOSTILE, HOSTILE, HOSTILE)))
                .text("task_id");

        Tab tab = signedIn(person, "#/board?category=" + category);
        card(tab, id);
        for (String filter : List.of("Assignee", "Project", "Type")) {
            tab.click(filter).css(".options .option");
            harmless(tab);
        }
        tab.go("#/board?category=" + category + "&task=" + id).awaitText("created the task");
        harmless(tab);
        tab.go("#/list?cols=name,project_id,task_type_id,category_id,status_id,assignee,created_by")
                .css("td.cell-category_id");
        harmless(tab);
        tab.go("#/statistics?category=" + category).css("section[aria-label='By assignee'] tbody");
        harmless(tab);

        Tab catalog = signedIn(
                other("DOMAIN_ADMIN"),
                "#/catalog?category=" + category + "&type="
                        + type.get("task_type_id").stringValue());
        catalog.css("#type-name");
        harmless(catalog);
    }

    /** Each takes minutes or all of the stack of who reads it as Markdown. */
    @ParameterizedTest
    @ValueSource(strings = {"![](", "*a ", ">", "> - "})
    void inADescriptionThatIsHardToRead(String mark) {
        String description = mark.repeat(20_000);
        String id = task("Hard to read", Map.of("description", description));

        Tab tab = at("#/board?task=" + id, "owner@example.com");

        tab.awaitText(mark.repeat(30).strip());
        tab.awaitText("created the task");
    }

    /** Lists and quotes within each other, fewer than the stack takes. */
    @Test
    void inADescriptionThatIsDeep() {
        String description = "> ".repeat(500) + "the bottom";
        String id = task("Deep", Map.of("description", description));

        Tab tab = at("#/board?task=" + id, "owner@example.com");

        tab.awaitText("the bottom");
        tab.css(".markdown blockquote blockquote");
        assertThat(tab.script("return document.querySelectorAll('.markdown blockquote').length"))
                .isEqualTo(20L);
    }

    @Test
    void inTheReasonOfAParkedEvent() {
        Tab tab = root("#/operation");
        tab.awaitText("Everything moves");
        tab.answer(
                "/admin/feed",
                200,
                Map.of(
                        "topic",
                        HOSTILE,
                        "partitions",
                        List.of(),
                        "parked_count",
                        1,
                        "parked",
                        List.of(Map.of(
                                "aggregate_id",
                                HOSTILE,
                                "partition",
                                0,
                                "offset",
                                5,
                                "reason",
                                HOSTILE,
                                "parked_at",
                                "2026-01-01T00:00:00.000Z"))));
        harmless(tab);
    }

    private static void harmless(Tab tab) {
        tab.awaitText(SCRIPT);
        assertThat(tab.script("return window.hit === undefined")).isEqualTo(true);
        assertThat((Long) tab.script("return document.querySelectorAll('#app img, #app script').length"))
                .isZero();
        assertThat(tab.complaints()).isEmpty();
    }
}
