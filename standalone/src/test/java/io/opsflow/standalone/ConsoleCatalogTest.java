package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** In a domain of its own: what is done to its catalog is nobody else's business. */
class ConsoleCatalogTest extends ConsoleTest {

    private final String domain = id("domain");
    private final ApiClient domainAdmin =
            as(service().identity().token(domain).role("DOMAIN_ADMIN").user("admin@example.com"));

    @Test
    void aCategoryATypeAndItsFieldsAreMadeAndATaskHasThem() {
        Tab tab = admin("#/catalog");
        tab.awaitText("No categories yet").click("New category");
        tab.type(tab.css("#category-name"), "Incidents").click("Save").awaitText("Saved.");
        tab.click("New type").type(tab.css("#type-name"), "Outage").click("Add a field");
        tab.type(tab.css("[aria-label='Name of the field']"), "Room").click("Save");
        JsonNode type = await().until(() -> first("task-type"), found -> found != null);
        assertThat(type.at("/fields/0/name").stringValue()).isEqualTo("Room");

        ApiClient worker = worker();
        Tab kim = signedIn(
                service()
                        .identity()
                        .token(domain)
                        .role("WORKSPACE_OWNER")
                        .workspace(workspace)
                        .user(KIM),
                "#/board");
        kim.click("New task").type(kim.field("Name"), "No power").type(kim.field("Project"), "project-1");
        kim.type(kim.field("Room"), "12b").click("Create and open").awaitText("created the task");
        JsonNode task = await().until(
                        () -> worker.task("list", Map.of()).body().get("results"), found -> found.size() == 1)
                .get(0);
        assertThat(task.get("data").properties().iterator().next().getValue().stringValue())
                .isEqualTo("12b");
    }

    @Test
    void whatForceWouldMoveIsSaidBeforeItIsDone() {
        String category = category();
        String later =
                first("task-category").at("/status_options/TODO/1/status_id").stringValue();
        String type = domainAdmin
                .post("/opsflow/v1/task-type/create", Map.of("name", "Ticket", "category_id", category))
                .text("task_type_id");
        ApiClient worker = service(worker(), type, later);
        Tab tab = signedIn(
                service()
                        .identity()
                        .token(domain)
                        .role("WORKSPACE_OWNER")
                        .workspace(workspace)
                        .user(KIM),
                "#/board");
        tab.awaitText("Waits");
        Tab admin = admin("#/catalog");
        admin.click("Take away Later").click("Save").awaitText("1 task moves from Later to Now");
        admin.assertAccessible("what force moves").screenshot("force");
        admin.click("Move them and save").awaitText("Saved.");
        await().until(
                        () -> worker.task("list", Map.of())
                                .body()
                                .at("/results/0/status_id")
                                .stringValue(),
                        id -> !id.equals(later));
    }

    private ApiClient service(ApiClient worker, String type, String status) {
        await().until(() -> worker.task(
                                "create",
                                Map.of("name", "Waits", "status_id", status, "project_id", "p", "task_type_id", type))
                        .status()
                == 200);
        return worker;
    }

    private String category() {
        String id = domainAdmin
                .post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                "Work",
                                "status_options",
                                Map.of(
                                        "TODO", List.of(Map.of("name", "Now"), Map.of("name", "Later")),
                                        "IN_PROGRESS", List.of(Map.of("name", "Doing")),
                                        "COMPLETED", List.of(Map.of("name", "Done")))))
                .text("category_id");
        await().until(() -> first("task-category") != null);
        return id;
    }

    private JsonNode first(String kind) {
        JsonNode results = domainAdmin
                .post("/opsflow/v1/" + kind + "/list", Map.of())
                .body()
                .get("results");
        return results.isEmpty() ? null : results.get(0);
    }

    private ApiClient worker() {
        return as(service()
                .identity()
                .token(domain)
                .role("WORKSPACE_OWNER")
                .workspace(workspace)
                .user("w"));
    }

    private Tab admin(String fragment) {
        return signedIn(service().identity().token(domain).role("DOMAIN_ADMIN").user("admin@example.com"), fragment);
    }
}
