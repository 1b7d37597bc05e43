package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.TokenBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;

/** In the demo's other domain, as one catalog is everybody's of a domain. */
class ConsoleCatalogTest extends ConsoleTest {

    private final String name = id("name");
    private final ApiClient admin = as(other("DOMAIN_ADMIN"));
    private final ApiClient worker = as(other("WORKSPACE_OWNER").workspace(workspace));

    @Test
    void aCategoryATypeAndItsFieldsAreMadeAndATaskHasThem() {
        Tab tab = signedIn(other("DOMAIN_ADMIN"), "#/catalog");
        tab.click("New category");
        tab.type(tab.css("#category-name"), name).click("Save").awaitText("Saved.");
        tab.click("New type").type(tab.css("#type-name"), name + " type").click("Add a field");
        tab.type(tab.css("[aria-label='Name of the field']"), "Room").click("Save");
        JsonNode type = await().until(() -> found("task-type", name + " type"), JsonNode::isObject);
        assertThat(type.at("/fields/0/name").stringValue()).isEqualTo("Room");

        Tab kim = signedIn(
                other("WORKSPACE_OWNER").workspace(workspace).user(KIM),
                "#/board?category=" + type.get("category_id").stringValue());
        kim.click("New task");
        kim.type(kim.field("Name"), "No power").type(kim.field("Project"), "project-1");
        kim.type(kim.field("Room"), "12b").click("Create and open").awaitText("created the task");
        JsonNode task = await().until(
                        () -> worker.task("list", Map.of()).body().get("results"), found -> found.size() == 1)
                .get(0);
        assertThat(task.get("data").properties().iterator().next().getValue().stringValue())
                .isEqualTo("12b");
    }

    @Test
    void whatForceWouldMoveIsSaidBeforeItIsDone() {
        String category = admin.post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                name,
                                "status_options",
                                Map.of(
                                        "TODO", List.of(Map.of("name", "Now"), Map.of("name", "Later")),
                                        "IN_PROGRESS", List.of(Map.of("name", "Doing")),
                                        "COMPLETED", List.of(Map.of("name", "Done")))))
                .text("category_id");
        String type = admin.post("/opsflow/v1/task-type/create", Map.of("name", name, "category_id", category))
                .text("task_type_id");
        String later = await().until(() -> found("task-category", name), JsonNode::isObject)
                .at("/status_options/TODO/1/status_id")
                .stringValue();
        created(worker, Map.of("name", "Waits", "status_id", later, "project_id", "p", "task_type_id", type));

        Tab tab = signedIn(other("DOMAIN_ADMIN"), "#/catalog?category=" + category);
        tab.until(() -> name.equals(tab.css("#category-name").getDomProperty("value")));
        tab.click("Take away Later").click("Save").awaitText("1 task moves from Later to Now");
        tab.assertAccessible("what force moves").screenshot("catalog-force");
        tab.click("Move them and save").awaitText("Saved.");
        await().until(
                        () -> worker.task("list", Map.of())
                                .body()
                                .at("/results/0/status_id")
                                .stringValue(),
                        id -> !id.equals(later));
        assertThat(tab.driver().findElements(By.cssSelector("[aria-label='Take away Later']")))
                .isEmpty();
    }

    private static TokenBuilder other(String role) {
        return service().identity().token(Demo.OTHER_DOMAIN).role(role).user("admin@example.org");
    }

    private JsonNode found(String kind, String name) {
        return admin.post("/opsflow/v1/" + kind + "/list", Map.of("name", name))
                .body()
                .at("/results/0");
    }
}
