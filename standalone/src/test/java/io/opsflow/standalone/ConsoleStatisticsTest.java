package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class ConsoleStatisticsTest extends ConsoleTest {

    @Test
    void theFiguresAreThoseOfTheTasksAndTheRequestsAreShown() {
        String done = task("Done at once", Map.of("assignee", KIM));
        task("Still open", Map.of("assignee", KIM));
        visible(owner, owner.task("change_status", Map.of("task_id", done, "status_id", Demo.DONE)));
        Tab tab = at("#/statistics?days=7", LEE);
        tab.awaitText("By assignee").awaitText(KIM);
        List<String> row =
                tab.driver().findElements(By.xpath("//section[@aria-label='By assignee']//tbody/tr[1]/td")).stream()
                        .map(cell -> cell.getText())
                        .toList();
        assertThat(row).startsWith(KIM, "1", "0", "1");
        tab.awaitText("Show the 14 requests");
        tab.click(tab.shown(By.xpath("//section[@aria-label='Open tasks over time']//summary[.='Numbers']")));
        assertThat(tab.driver()
                        .findElements(By.xpath("//section[@aria-label='Open tasks over time']//table//tr[last()]/td"))
                        .getFirst()
                        .getText())
                .isEqualTo("1");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void howLongTasksTookIsToldByMedianAndByNinetyPercent() {
        Tab tab = at("#/list", KIM);
        tab.answer(
                "/task/stat",
                "\"n\":\"completed\"",
                200,
                Map.of(
                        "results",
                        IntStream.rangeClosed(0, 10)
                                .mapToObj(hours -> Map.of(
                                        "type",
                                        Demo.TASK_TYPE,
                                        "created",
                                        "2026-01-01T00:00:00.000Z",
                                        "completed",
                                        "2026-01-01T%02d:00:00.000Z".formatted(hours * 2)))
                                .toList()));
        tab.go("#/statistics").awaitText("Median");
        assertThat(tab
                        .driver()
                        .findElements(By.xpath("//section[@aria-label='From creation to completion']//tbody/tr/td"))
                        .stream()
                        .map(WebElement::getText)
                        .skip(1))
                .startsWith("11", "10 hr", "18 hr");
    }

    @Test
    void aViewThatCannotBeDrawnSaysSoAndTheOthersGoOn() {
        Tab tab = at("#/list", KIM);
        tab.answer("/task/stat", 200, Map.of("results", "no list"));
        tab.go("#/statistics").awaitText("That did not work").click(tab.withText("a", "Board"));
        tab.awaitText("No tasks yet");
    }

    @Test
    void daysAreThoseOfTheServiceWhereverOneLives() {
        task("Created today");
        String done = task("Completed today");
        visible(owner, owner.task("change_status", Map.of("task_id", done, "status_id", Demo.DONE)));
        Tab tab = tab().zone("America/Los_Angeles").go("#/statistics?days=7");
        signIn(tab, as(KIM).build());
        String flow = "//section[@aria-label='Created and completed by day']";
        tab.click(tab.shown(By.xpath(flow + "//summary[.='Numbers']")));
        tab.shown(By.xpath(flow + "//tbody/tr"));
        assertThat(tab.driver().findElements(By.xpath(flow + "//tbody/tr[last()]/*")).stream()
                        .map(WebElement::getText))
                .containsExactly(
                        DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH).format(LocalDate.now(ZoneOffset.UTC)),
                        "2",
                        "1");
    }

    @Test
    void theBoardOfThePastMarksWhatChangedSinceAnEarlierMoment() {
        String id = task("Disk full");
        String early = (String) at("#/board", KIM).script("return new Date().toISOString()");
        owner.task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
        task("Came later");
        Tab tab = at("#/board", KIM);
        awaitCard(tab, id, Demo.DONE);
        String late = (String) tab.script("return new Date().toISOString()");
        tab.go("#/board?at=" + late + "&since=" + early);
        tab.awaitText("was in To Do")
                .awaitText("new since then")
                .awaitText("1 moved")
                .assertAccessible("the past");
        tab.css("#travel-at").sendKeys(Keys.HOME);
        tab.awaitText("1 gone");
        tab.click("Back to now").awaitNoText("Board at");
    }
}
