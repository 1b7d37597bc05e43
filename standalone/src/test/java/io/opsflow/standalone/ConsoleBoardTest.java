package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class ConsoleBoardTest extends ConsoleTest {

    /** Moves a card by key and tells after how many milliseconds it stood in the other column. */
    private static final String MEASURE_MOVE = """
            const [id, status, done] = [arguments[0], arguments[1], arguments[2]];
            const card = document.querySelector(`.columns [data-task="${id}"]`);
            card.focus();
            const start = performance.now();
            const look = () => document.querySelector(`[data-status="${status}"] [data-task="${id}"]`)
              ? done(performance.now() - start) : requestAnimationFrame(look);
            card.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true, bubbles: true }));
            look();
            """;

    /** Scrolls by half a screen a frame and tells how long the slowest frame took. */
    private static final String MEASURE_SCROLL = """
            const done = arguments[0];
            const column = document.querySelector('.column-body');
            const times = [];
            const step = now => {
              times.push(now);
              column.scrollTop += column.clientHeight / 2;
              times.length > 120 ? done(Math.max(...times.slice(1).map((time, i) => time - times[i]))) : requestAnimationFrame(step);
            };
            requestAnimationFrame(step);
            """;

    @Test
    void anEmptyBoardSaysWhatToDoNext() {
        Tab tab = at("#/board", KIM);
        tab.awaitText("No tasks yet").button("New task");
    }

    @Test
    void aCardMovesByDragAndByKeyAndTheServiceKnows() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        tab.drag(card(tab, id), column(tab, Demo.IN_PROGRESS));
        awaitCard(tab, id, Demo.IN_PROGRESS);
        awaitStatus(id, Demo.IN_PROGRESS);
        card(tab, id).sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
        awaitCard(tab, id, Demo.DONE);
        awaitStatus(id, Demo.DONE);
        tab.until(() -> tab.driver().switchTo().activeElement().equals(card(tab, id)));
    }

    @Test
    void whatOthersDoAppearsWithinASecondAlsoAfterTheConnectionWasLost() {
        String id = task("Disk full");
        Tab kim = at("#/board", KIM);
        Tab lee = at("#/board", LEE);
        awaitCard(lee, id, Demo.TODO);
        lee.withText("span", "Live");
        kim.drag(card(kim, id), column(kim, Demo.IN_PROGRESS));
        awaitStatus(id, Demo.IN_PROGRESS);
        long answered = System.nanoTime();
        await().atMost(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> lee.driver()
                        .findElement(
                                By.cssSelector("[data-status='" + Demo.IN_PROGRESS + "'] [data-task='" + id + "']"))
                        .isDisplayed());
        System.out.printf(
                "page: what others do appears after %d ms (goal 1000)%n", (System.nanoTime() - answered) / 1_000_000);

        lee.offline(true);
        owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        String other = task("Came while the line was cut");
        lee.offline(false);
        awaitCard(lee, id, Demo.DONE);
        awaitCard(lee, other, Demo.TODO);
        owner.task("delete", Map.of("task_id", other));
        lee.awaitNoText("Came while");
    }

    @Test
    void aLostRaceShowsWhatTheOtherDidAndOneLeavesIt() {
        String id = task("Disk full");
        Tab kim = lostRace(id);
        kim.assertAccessible("a lost race").click("Leave in Done");
        awaitCard(kim, id, Demo.DONE);
        awaitStatus(id, Demo.DONE);
    }

    @Test
    void aLostRaceIsRunAgainWhereOneWantsTo() {
        String id = task("Disk full");
        Tab kim = lostRace(id);
        kim.click("Move to In Progress");
        awaitCard(kim, id, Demo.IN_PROGRESS);
        awaitStatus(id, Demo.IN_PROGRESS);
    }

    @Test
    void afterAReloadAnEndedTokenMissesNothing() {
        String id = task("Disk full");
        Tab tab = signedIn(as(KIM).expiresIn(Duration.ofSeconds(15)), "#/board");
        tab.reload();
        awaitCard(tab, id, Demo.TODO);
        tab.awaitText("Your token has ended");
        owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        awaitStatus(id, Demo.DONE);
        signIn(tab, as(KIM).build());
        awaitCard(tab, id, Demo.DONE);
    }

    @Test
    void aMoveGivesUpWhereTheReadModelDoesNotFollow() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        awaitCard(tab, id, Demo.TODO);
        tab.answer("/task/change_status", 412, PRECONDITION_FAILED);
        card(tab, id).sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
        awaitCard(tab, id, Demo.IN_PROGRESS);
        tab.awaitText("Somebody else was faster: this is no longer the version you saw.");
        awaitCard(tab, id, Demo.TODO);
        assertThat((Long) tab.script("return window.asked")).isEqualTo(5);
    }

    @Test
    void aChangeThatComesWhileABigBoardIsReadIsKept() {
        String oldest = task("The oldest");
        createTasks(201);
        Tab tab = at("#/list", KIM);
        tab.hold("/task/list", "\"limit\":2500").go("#/board").awaitHeld();
        owner.task("change_status", Map.of("task_id", oldest, "status_id", Demo.DONE));
        awaitCard(tab, oldest, Demo.DONE);
        tab.release();
        tab.until(() -> count(tab, Demo.TODO).equals("201"));
        assertThat(count(tab, Demo.DONE)).isEqualTo("1");
    }

    @Test
    void aCardMovesTwiceInARowWithoutARaceAgainstItself() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        awaitCard(tab, id, Demo.TODO);
        tab.hold("/task/change_status", Demo.IN_PROGRESS);
        card(tab, id).sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
        tab.awaitHeld();
        awaitCard(tab, id, Demo.IN_PROGRESS);
        card(tab, id).sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
        awaitCard(tab, id, Demo.DONE);
        tab.release();
        awaitStatus(id, Demo.DONE);
        awaitCard(tab, id, Demo.DONE);
        assertThat(tab.driver().findElements(By.tagName("dialog"))).isEmpty();
    }

    @Test
    void theTabKeyStopsAtOneCardOfAColumnAndOthersAreReachedFromThere() {
        String urgent = task("Urgent", Map.of("priority", "HIGH"));
        task("Ordinary");
        String calm = task("Calm", Map.of("priority", "LOW"));
        Tab tab = at("#/board", KIM);
        awaitCard(tab, calm, Demo.TODO);
        assertThat(tab.driver().findElements(By.cssSelector(".card[tabindex='0']")))
                .singleElement()
                .isEqualTo(card(tab, urgent));
        card(tab, urgent).sendKeys(Keys.END);
        tab.until(() -> tab.driver().switchTo().activeElement().equals(card(tab, calm)));
        assertThat(card(tab, calm).getDomAttribute("tabindex")).isEqualTo("0");
        tab.keys(Keys.HOME);
        tab.until(() -> tab.driver().switchTo().activeElement().equals(card(tab, urgent)));
    }

    @Test
    void filtersAreChipsAndStandInTheAddress() {
        String urgent = task("Disk full", Map.of("priority", "HIGH", "assignee", KIM));
        String calm = task("Order disks", Map.of("priority", "LOW"));
        Tab tab = at("#/board", KIM);
        card(tab, calm);
        tab.click("Priority").click(tab.withText("label", "High")).keys(Keys.ESCAPE);
        awaitNoCard(tab, calm);
        card(tab, urgent);
        assertThat(tab.driver().getCurrentUrl()).contains("priority=HIGH");
        tab.click("Take away the filter Priority: High");
        card(tab, calm);

        Tab shared = at("#/board?assignee=-", LEE);
        card(shared, calm);
        assertThat(shared.shows("Disk full")).isFalse();
        shared.type(shared.css(".keyword"), "nothing like it").awaitText("No task passes these filters");
    }

    @Test
    void tasksAreFilteredByProjectTypeAndWordsToo() {
        String project = "project-00000000007f";
        String here = task("Disk full");
        String there = task("Disk slow", Map.of("project_id", project));
        Tab tab = at("#/board", KIM);
        card(tab, here);
        tab.click("Project").click(tab.withText("label", project)).keys(Keys.ESCAPE);
        awaitNoCard(tab, here);
        card(tab, there);
        assertThat(tab.driver().getCurrentUrl()).contains("project=" + project);
        tab.click("Take away the filter Project: " + project);
        card(tab, here);

        tab.type(tab.css(".keyword"), "slow");
        awaitNoCard(tab, here);
        tab.click("Take away the filter Keyword: slow");
        card(tab, here);

        tab.click("Type").click(tab.withText("label", "Ticket")).keys(Keys.ESCAPE);
        tab.until(() -> tab.driver().getCurrentUrl().contains("type=" + Demo.TASK_TYPE));
        card(tab, here);
        at("#/board?type=task-type-0000000000ff", LEE).awaitText("No task passes these filters");
    }

    @Test
    void whoWritesAKeywordSlowlyKeepsAllOfIt() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        tab.css(".keyword").sendKeys("Disk ");
        tab.until(() -> tab.driver().getCurrentUrl().contains("q=Disk"));
        card(tab, id);
        tab.css(".keyword").sendKeys("full");
        tab.until(() -> tab.driver().getCurrentUrl().contains("full"));
        assertThat(tab.css(".keyword").getDomProperty("value")).isEqualTo("Disk full");
        card(tab, id);
    }

    @Test
    void aCardTellsNamePriorityAssigneeAndAge() {
        Tab tab = at("#/board", KIM);
        WebElement card = card(tab, task("Disk full", Map.of("priority", "HIGH", "assignee", KIM)));
        assertThat(card.getText()).contains("Disk full", "High", "Ticket");
        assertThat(card.findElement(By.className("assignee")).getDomAttribute("title"))
                .isEqualTo(KIM);
        WebElement age = card.findElement(By.cssSelector(".card-age time"));
        assertThat(age.getText()).matches("now|.+ ago");
        assertThat(age.getDomAttribute("title")).endsWith("UTC");
    }

    @Test
    void thousandsOfTasksScrollAndTheCountsAreTrue() {
        createTasks(10_000);
        long start = System.nanoTime();
        Tab tab = at("#/board", KIM);
        tab.css(".card");
        System.out.printf("page: sign-in to first card of 10,000 tasks %d ms%n", since(start));
        tab.until(() -> count(tab, Demo.TODO).equals("10,000"));
        assertThat(tab.driver().findElements(By.cssSelector(".card")).size())
                .as("cards in the document")
                .isLessThan(60);
        System.out.printf(
                "page: the slowest of 120 frames while 10,000 tasks scroll %s ms%n",
                tab.driver().executeAsyncScript(MEASURE_SCROLL));
        tab.script("document.querySelector('.column-body').scrollTop = 1e9");
        tab.css(".card-slot[aria-posinset='10000']");
    }

    @Test
    void theFirstViewAndAMoveAreMeasured() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        card(tab, id);
        tab.reload();
        card(tab, id);
        Object first = tab.script("return performance.now()");
        Object moved = tab.driver().executeAsyncScript(MEASURE_MOVE, id, Demo.IN_PROGRESS);
        System.out.printf("page: first view %s ms (goal 1000), a move shown after %s ms (goal 100)%n", first, moved);
        assertThat(((Number) moved).doubleValue()).isPositive();
        assertThat(tab.complaints()).isEmpty();
    }

    private static void awaitNoCard(Tab tab, String id) {
        tab.until(() -> tab.driver()
                .findElements(By.cssSelector("[data-task='" + id + "']"))
                .isEmpty());
    }

    private Tab lostRace(String id) {
        Tab kim = at("#/board", KIM);
        awaitCard(kim, id, Demo.TODO);
        kim.script(
                "window.fetch = (real => (url, more) => url.endsWith('/list') ? new Promise(() => {}) : real(url, more))(window.fetch)");
        as(as(LEE)).task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        awaitStatus(id, Demo.DONE);

        card(kim, id).sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
        return kim.awaitText("Somebody was faster").awaitText(LEE + " moved it to Done");
    }

    /** What stands above that column. */
    private static String count(Tab tab, String status) {
        return column(tab, status).findElement(By.className("count")).getText();
    }

    private void createTasks(int tasks) {
        int before = total();
        var names = IntStream.range(0, tasks).mapToObj(i -> "task number " + i);
        try (var pool = Executors.newFixedThreadPool(16)) {
            List<Future<?>> sent = names.<Future<?>>map(name -> pool.submit(
                            () -> assertThat(owner.task("create", aTask(name)).status())
                                    .isEqualTo(200)))
                    .toList();
            for (var one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        await().atMost(Duration.ofMinutes(3)).until(() -> total() == before + tasks);
    }

    private int total() {
        return owner.task("list", Map.of("query", Map.of("count_only", true)))
                .body()
                .get("total_count")
                .intValue();
    }

    private void awaitStatus(String id, String status) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> owner.task("get", Map.of("task_id", id))
                        .text("status_id")
                        .equals(status));
    }

    private static long since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
