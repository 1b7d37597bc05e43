package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

class ConsoleTaskTest extends ConsoleTest {

    /** Keeps what the page sends to this verb. */
    private static final String LISTEN = """
            window.sent = [];
            window.fetch = (real => (url, more) => {
              if (url.endsWith(arguments[0])) window.sent.push(more.body);
              return real(url, more);
            })(window.fetch);
            """;

    /** The service does what it is asked, and some times nobody hears of it. */
    private static final String LOSE_ANSWERS = """
            let [verb, times] = arguments;
            window.keys = [];
            window.fetch = (real => async (url, more) => {
              const answer = await real(url, more);
              if (url.endsWith(verb)) {
                window.keys.push(more.headers['Idempotency-Key']);
                if (times-- > 0) throw new TypeError('lost');
              }
              return answer;
            })(window.fetch);
            """;

    private static final String HOSTILE =
            "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>{{7*7}}${hit}";

    @Test
    void aTaskIsCreatedWithTheFieldsOfItsType() {
        Tab tab = at("#/board", KIM);
        tab.click("New task");
        tab.type(tab.field("Name"), "Replace the fan");
        tab.type(tab.field("Project"), Demo.PROJECT);
        tab.choose("Priority", "High").assertAccessible("creating a task").click("Create and open");
        tab.awaitText(KIM + " created the task");
        JsonNode created = only("Replace the fan");
        assertThat(created.get("priority").stringValue()).isEqualTo("HIGH");
        assertThat(created.get("status_id").stringValue()).isEqualTo(Demo.TODO);
    }

    @Test
    void onlyWhatChangedIsSentAndABlankClearsAField() {
        String id = task("Disk full", Map.of("assignee", LEE, "description", "old words"));
        Tab tab = at("#/board?task=" + id, KIM);
        tab.type(tab.field("Assignee"), "");
        tab.keys(Keys.ESCAPE)
                .awaitText("Leave without saving?")
                .awaitText("Assignee.")
                .click("Cancel");
        tab.script(LISTEN, "task/update");
        tab.click("Save").awaitText("Saved.");
        JsonNode sent = Json.mapper().readTree((String) ((List<?>) tab.script("return window.sent")).getFirst());
        assertThat(sent.propertyNames()).containsExactlyInAnyOrder("task_id", "assignee");
        awaitValue(id, "assignee", "");
        awaitValue(id, "description", "old words");
    }

    @Test
    void dataKeepsTheDigitsOfNumbersThatJavaScriptCannotHold() {
        String id = owner.post("/opsflow/v1/task/create", """
                {"name": "Digits", "status_id": "%s", "project_id": "%s", "task_type_id": "%s",
                 "data": {"big": 12345678901234567890, "exact": 1.10, "owner": "x"}}
                """.formatted(Demo.TODO, Demo.PROJECT, Demo.TASK_TYPE))
                .text("task_id");
        awaitVersion(id, 0);
        Tab tab = at("#/board?task=" + id, KIM);
        tab.until(() -> tab.css(".other-data textarea").getDomProperty("value").contains("12345678901234567890"));
        tab.css(".other-data textarea")
                .sendKeys(Keys.chord(Keys.CONTROL, Keys.HOME), Keys.ARROW_RIGHT, "\"new\": true,");
        tab.click("Save").awaitText("Saved.");
        await().until(
                        () -> owner.task("get", Map.of("task_id", id))
                                .response()
                                .body(),
                        body -> body.contains("12345678901234567890")
                                && body.contains("1.10")
                                && body.contains("\"new\":true"));
    }

    @Test
    void theTimelineTellsWhatHappenedAndTheSliderShowsTheTaskAsItWas() {
        String id = task("Disk full");
        Tab tab = at("#/board?task=" + id, KIM);
        tab.awaitText("owner@example.com created the task");
        owner.task("update", Map.of("task_id", id, "name", "Disk fuller", "priority", "HIGH"));
        owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        tab.awaitText("renamed the task").awaitText("changed the priority").awaitText("changed the status");
        assertThat(tab.css(".event.renamed del").getText()).isEqualTo("full");
        assertThat(tab.css(".event.renamed ins").getText()).isEqualTo("fuller");
        assertThat(tab.css(".event.status_changed .from").getText()).isEqualTo("To Do");
        assertThat(tab.css(".event.status_changed .to").getText()).isEqualTo("Done");
        tab.css("#version").sendKeys(Keys.HOME);
        tab.awaitText("As of version 0").awaitText("now: Done").assertAccessible("a task of the past");
        assertThat(tab.css(".task-past h3").getText()).isEqualTo("Disk full");
        tab.click("Back to now");
        tab.until(() -> "Disk fuller".equals(tab.field("Name").getDomProperty("value")));
    }

    @Test
    void aChangeOfAnotherFieldMeanwhileIsKeptAndOneOfTheSameFieldIsSaidBefore() {
        String id = task("Disk full");
        Tab tab = at("#/board?task=" + id, KIM);
        tab.type(tab.field("Assignee"), KIM);
        as(as(LEE)).task("update", Map.of("task_id", id, "priority", "HIGH"));
        tab.awaitText(LEE + " changed the priority").click("Save").awaitText("Saved.");
        awaitValue(id, "priority", "HIGH");
        awaitValue(id, "assignee", KIM);

        tab.type(tab.field("Name"), "My own words");
        as(as(LEE)).task("update", Map.of("task_id", id, "name", "Other words"));
        tab.awaitText("Somebody else changed this while you were writing: Name");
        assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("My own words");
        tab.click("Save").awaitText("Saved.");
        awaitValue(id, "name", "My own words");
    }

    @Test
    void anEndedTokenAsksAgainAndLosesNothingTyped() {
        String id = task("Disk full");
        Tab tab = signedIn(as(KIM).expiresIn(Duration.ofSeconds(15)), "#/board?task=" + id);
        tab.type(tab.field("Name"), "Typed before the end");
        tab.awaitText("Your token has ended").assertAccessible("an ended token");
        tab.keys(Keys.ESCAPE).keys(Keys.ESCAPE).keys(Keys.ESCAPE);
        signIn(tab, as(KIM).build());
        tab.click("Save").awaitText("Saved.");
        awaitValue(id, "name", "Typed before the end");
    }

    @Test
    void escapeLeavesATaskThatWasChangedOnlyAfterAQuestionHoweverOftenItIsPressed() {
        Tab tab = at("#/board?task=" + task("Disk full"), KIM);
        tab.type(tab.field("Name"), "Typed");
        for (int i = 0; i < 3; i++) {
            tab.keys(Keys.ESCAPE).awaitText("Leave without saving?");
            tab.keys(Keys.ESCAPE).awaitNoText("Leave without saving?");
        }
        assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("Typed");
        tab.keys(Keys.ESCAPE).click("Leave");
        tab.until(() -> tab.driver().findElements(By.tagName("dialog")).isEmpty());
    }

    @Test
    void theTimelineShowsOneVersionAfterTheOther() {
        String id = task("First name");
        owner.task("update", Map.of("task_id", id, "name", "Second name"));
        visible(owner, owner.task("update", Map.of("task_id", id, "name", "Third name")));
        Tab tab = at("#/board?task=" + id, KIM);
        for (var version : List.of("0 First", "1 Second", "0 First")) {
            tab.click("version " + version.substring(0, 1)).awaitText("As of version " + version.substring(0, 1));
            assertThat(tab.css(".task-past h3").getText()).isEqualTo(version.substring(2) + " name");
        }
    }

    @Test
    void whoeverIsBackInThePresentStaysThere() {
        String id = task("Disk full");
        visible(owner, owner.task("update", Map.of("task_id", id, "name", "Disk fuller")));
        Tab tab = at("#/board?task=" + id, KIM);
        tab.button("version 1");
        tab.hold("/task/get_at", id).click("version 0").awaitHeld();
        tab.click("Back to now").release();
        assertThat(tab.driver().findElements(By.cssSelector(".task-past"))).isEmpty();
        assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("Disk fuller");
    }

    @Test
    void whatAnotherChangedWhileOneLookedAtThePastIsSaidBeforeItIsOverwritten() {
        String id = task("Disk full");
        owner.task("update", Map.of("task_id", id, "priority", "HIGH"));
        Tab tab = at("#/board?task=" + id, KIM);
        tab.button("version 1");
        tab.type(tab.field("Name"), "My own words");
        tab.click("version 0").awaitText("As of version 0");
        as(as(LEE)).task("update", Map.of("task_id", id, "name", "Other words"));
        tab.awaitText(LEE + " renamed the task").click("Back to now");
        tab.awaitText("Somebody else changed this while you were writing: Name");
        assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("My own words");
    }

    @Test
    void savingGivesUpWhereTheReadModelDoesNotFollow() {
        Tab tab = at("#/board?task=" + task("Disk full"), KIM);
        tab.type(tab.field("Name"), "Typed").answer("/task/update", 412, PRECONDITION_FAILED);
        tab.click("Save").awaitText("Somebody else was faster");
        assertThat((Long) tab.script("return window.asked")).isEqualTo(5);
        assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("Typed");
    }

    @Test
    void aTaskWhoseAnswerWasLostIsNotCreatedTwice() {
        Tab tab = at("#/board", KIM);
        tab.script(LOSE_ANSWERS, "/task/create", 3);
        tab.click("New task").type(tab.field("Name"), "Only once").type(tab.field("Project"), Demo.PROJECT);
        tab.click("Create").awaitText("it may have been done or not");
        tab.click("Create").awaitText("Only once was created.");
        assertThat((Long) tab.script("return new Set(window.keys).size")).isEqualTo(1);
        assertThat((Long) tab.script("return window.keys.length")).isEqualTo(4);
    }

    @Test
    void deletingAsksWithTheNameOfTheTaskAndItsPastStaysReadable() {
        String id = task("Disk full");
        Tab tab = at("#/board?task=" + id, KIM);
        tab.click("Delete").awaitText("Delete this task?").assertAccessible("deleting");
        assertThat(tab.css("dialog.box strong").getText()).isEqualTo("Disk full");
        tab.click("Delete the task").awaitText("No tasks yet");
        await().until(() -> owner.task("get", Map.of("task_id", id)).status() == 404);
        tab.go("#/board?task=" + id).awaitText("deleted this task. Its past stays readable.");
    }

    @Test
    void anyTextIsShownAsText() {
        String id = task(
                HOSTILE,
                Map.of(
                        "description",
                        HOSTILE
                                + "\n\n[a](javascript:window.hit=1) ![b](javascript:window.hit=1) <javascript:window.hit=1>\n\n"
                                + HOSTILE,
                        "assignee",
                        HOSTILE,
                        "files",
                        List.of("javascript:window.hit=1", HOSTILE),
                        "data",
                        Map.of(HOSTILE, HOSTILE, "__proto__", Map.of("hit", 1), "constructor", HOSTILE)));
        owner.task(
                "update",
                Map.of("task_id", id, "name", "Another name", "description", HOSTILE + HOSTILE, "assignee", KIM));
        Tab tab = at("#/board?assignee=" + "%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E", KIM);
        tab.go("#/board");
        card(tab, id);
        tab.go("#/board?task=" + id).awaitText("renamed the task");
        tab.css("#version").sendKeys(Keys.HOME);
        tab.awaitText("As of version 0").awaitText("<script>window.hit=1</script>");
        assertThat(tab.script("return window.hit === undefined && ({}).hit === undefined"))
                .isEqualTo(true);
        assertThat((Long) tab.script(
                        "return document.querySelectorAll('#app img, #app script, a[href^=javascript]').length"))
                .isZero();
        assertThat(tab.complaints()).isEmpty();
    }

    /** Reads follow writes. */
    private void awaitValue(String id, String field, String value) {
        await().until(() -> owner.task("get", Map.of("task_id", id)).text(field), value::equals);
    }

    private void awaitVersion(String id, long version) {
        await().until(() -> owner.task("get", Map.of("task_id", id)).status() == 200
                && owner.task("get", Map.of("task_id", id)).version() >= version);
    }

    private JsonNode only(String name) {
        return await().until(
                        () -> owner.task("list", Map.of("name", name)).body().get("results"),
                        found -> found.size() == 1)
                .get(0);
    }
}
