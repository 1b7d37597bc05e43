package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

class ConsoleStatisticsTest extends ConsoleTest {

    @Test
    void theFiguresAreThoseOfTheTasksAndTheRequestsAreShown() {
        String done = task("Done at once", Map.of("assignee", KIM));
        task("Still open", Map.of("assignee", KIM));
        owner.task("change_status", Map.of("task_id", done, "status_id", Demo.DONE));
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
