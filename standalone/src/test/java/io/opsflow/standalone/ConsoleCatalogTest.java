package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;

class ConsoleCatalogTest extends ConsoleTest {

    /** A value for each kind of field, and what the task's data has then. */
    private static final Map<String, String[]> KINDS = Map.of(
            "TEXT", new String[] {"a text", "\"a text\""},
            "PARAGRAPH", new String[] {"a long one", "\"a long one\""},
            "LABELS", new String[] {"disk, kr", "[\"disk\",\"kr\"]"},
            "DROPDOWN", new String[] {"red", "[\"red\"]"},
            "DATE", new String[] {"2026-01-31T10:00", "\"2026-01-31T10:00:00.000Z\""},
            "USER", new String[] {"[\"Kim, the elder\"]", "[\"Kim, the elder\"]"},
            "ASSET", new String[] {"server-1", "[\"server-1\"]"},
            "PROJECT", new String[] {"project-2", "\"project-2\""},
            "PROVIDER", new String[] {"aws, gcp", "[\"aws\",\"gcp\"]"},
            "SERVICE_ACCOUNT", new String[] {"account-1", "\"account-1\""});

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
        String category = category(Map.of("name", "Now"), Map.of("name", "Later"));
        String type = type(category, List.of()).get("task_type_id").stringValue();
        String later = found("task-category", name)
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

    @Test
    void aFieldOfEachKindIsWrittenAsItsKindWantsAndReadAgain() {
        String category = category(Map.of("name", "Now"));
        JsonNode fields = type(
                        category,
                        KINDS.keySet().stream()
                                .map(kind -> Map.of(
                                        "name",
                                        kind,
                                        "field_type",
                                        kind,
                                        "selection_type",
                                        kind.equals("PROVIDER") ? "MULTI" : "SINGLE",
                                        "options",
                                        Map.of("enums", List.of(Map.of("key", "red", "name", "red")))))
                                .toList())
                .get("fields");
        Tab tab = tab().zone("UTC").go("#/board");
        signIn(tab, other("WORKSPACE_OWNER").workspace(workspace).user(KIM).build());
        tab.awaitText(KIM).go("#/board?category=" + category);
        tab.until(() -> category.equals(tab.css(".category-choice select").getDomProperty("value")));
        tab.click("New task").type(tab.field("Name"), "All kinds").type(tab.field("Project"), "project-1");
        KINDS.forEach((kind, value) -> {
            switch (kind) {
                case "DROPDOWN" -> tab.choose(kind, value[0]);
                case "DATE" -> tab.set(tab.field(kind), value[0]);
                default -> tab.type(tab.field(kind), value[0]);
            }
        });
        tab.assertAccessible("all kinds of fields").click("Create and open").awaitText("created the task");
        JsonNode data = await().until(
                        () -> worker.task("list", Map.of()).body().get("results"), found -> found.size() == 1)
                .at("/0/data");
        fields.forEach(field -> {
            String kind = field.get("field_type").stringValue();
            assertThat(data.get(field.get("field_id").stringValue()).toString())
                    .as(kind)
                    .isEqualTo(KINDS.get(kind)[1]);
        });
        assertThat(tab.field("USER").getDomProperty("value")).isEqualTo("[\"Kim, the elder\"]");
        assertThat(tab.field("LABELS").getDomProperty("value")).isEqualTo("disk, kr");
        assertThat(tab.field("DATE").getDomProperty("value")).isEqualTo("2026-01-31T10:00");
    }

    @Test
    void whatAnotherAdminChangedMeanwhileIsNotOverwritten() {
        String category = category(Map.of("name", "Now"));
        Tab tab = signedIn(other("DOMAIN_ADMIN"), "#/catalog?category=" + category);
        tab.until(() -> name.equals(tab.css("#category-name").getDomProperty("value")));
        tab.type(tab.css("#category-name"), name + " mine");
        admin.post("/opsflow/v1/task-category/update", Map.of("category_id", category, "name", name + " theirs"));
        await().until(() -> found("task-category", name + " theirs"), JsonNode::isObject);
        tab.click("Save").awaitText("Somebody else changed this meanwhile.").click("Discard");
        tab.until(() -> (name + " theirs").equals(tab.css("#category-name").getDomProperty("value")));
        tab.type(tab.css("#category-name"), name + " mine").click("Save").awaitText("Saved.");
        await().until(() -> found("task-category", name + " mine"), JsonNode::isObject);
    }

    @Test
    void statusesAreMovedColouredAndMadeTheDefaultAndTheBoardFollows() {
        String category = category(Map.of("name", "First", "color", "#111111"), Map.of("name", "Second"));
        Tab tab = signedIn(other("DOMAIN_ADMIN"), "#/catalog?category=" + category);
        tab.click("Move Second up");
        tab.set(tab.css("[aria-label='Colour of Second']"), "#123456");
        tab.click(tab.css(".status-row input[type=radio]")).click("Save").awaitText("Saved.");
        JsonNode todo = await().until(
                        () -> found("task-category", name).at("/status_options/TODO"),
                        list -> list.at("/0/name").stringValue().equals("Second"));
        assertThat(todo.at("/0/color").stringValue()).isEqualTo("#123456");
        assertThat(todo.at("/0/is_default").booleanValue()).isTrue();
        assertThat(todo.at("/1/is_default").booleanValue()).isFalse();

        String type = type(category, List.of()).get("task_type_id").stringValue();
        String first = todo.at("/1/status_id").stringValue();
        created(worker, Map.of("name", "Waits", "status_id", first, "project_id", "p", "task_type_id", type));
        Tab board = signedIn(other("WORKSPACE_OWNER").workspace(workspace).user(KIM), "#/board?category=" + category);
        board.css(".card");
        assertThat(board.driver().findElements(By.cssSelector(".column h2")).stream()
                        .map(WebElement::getText))
                .containsExactly("Second", "First", "Doing", "Done");
    }

    private String category(Map<?, ?>... todo) {
        String id = admin.post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                name,
                                "status_options",
                                Map.of(
                                        "TODO", List.of(todo),
                                        "IN_PROGRESS", List.of(Map.of("name", "Doing")),
                                        "COMPLETED", List.of(Map.of("name", "Done")))))
                .text("category_id");
        await().until(() -> found("task-category", name), JsonNode::isObject);
        return id;
    }

    private JsonNode type(String category, List<?> fields) {
        Map<String, ?> request = Map.of("name", name, "category_id", category, "fields", fields);
        assertThat(admin.post("/opsflow/v1/task-type/create", request).status()).isEqualTo(200);
        return await().until(() -> found("task-type", name), JsonNode::isObject);
    }

    private JsonNode found(String kind, String name) {
        return admin.post("/opsflow/v1/" + kind + "/list", Map.of("name", name))
                .body()
                .at("/results/0");
    }
}
