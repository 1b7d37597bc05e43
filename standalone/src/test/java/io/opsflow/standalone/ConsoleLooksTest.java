package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.TokenBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Every view, in both themes and at three widths: axe has nothing against it, and a picture of it is kept. */
class ConsoleLooksTest extends ConsoleTest {

    private static final Map<String, int[]> SIZES =
            Map.of("phone", new int[] {390, 844}, "desk", new int[] {1440, 900}, "wall", new int[] {2560, 1440});

    private static final List<String> PEOPLE = List.of("kim@example.com", "lee@example.com", "park@example.com", "");
    private static final List<String> NAMES = List.of(
            "Disk full on node 7",
            "Certificate of the gateway ends in 9 days",
            "Replace the fan in rack 12",
            "Backup of billing is 3 hours late",
            "Kernel update on the build hosts",
            "Too many alerts from probe 4",
            "Latency of checkout above 400 ms",
            "Rotate the keys of the mail relay",
            "Move the DNS zone to the new provider",
            "Queue of exports grows",
            "Review the firewall rules of the lab",
            "Order spare disks");

    @Test
    void everyViewIsAccessibleAndFitsInBothThemesAndAtEveryWidth() {
        String task = aLivelyWorkspace();
        Map<String, String> own = new LinkedHashMap<>();
        own.put("board", "#/board");
        own.put("task", "#/board?task=" + task);
        own.put(
                "list",
                "#/list?all="
                        + "%5B%7B%22k%22%3A%22name%22%2C%22o%22%3A%22not_contain%22%2C%22text%22%3A%22nothing%22%7D%5D");
        own.put("statistics", "#/statistics?days=7");
        look(as(KIM), own);
        look(token("DOMAIN_ADMIN").user("admin@example.com"), Map.of("catalog", "#/catalog"));
        look(
                service()
                        .identity()
                        .token(Demo.ROOT_DOMAIN)
                        .role("SYSTEM_ADMIN")
                        .user("root@example.com"),
                Map.of("operation", "#/operation"));
        Tab stranger = tab();
        for (String theme : List.of("light", "dark")) {
            SIZES.forEach((size, pixels) -> {
                stranger.theme(theme).size(pixels[0], pixels[1]).screenshot("sign-in-" + size + "-" + theme);
                stranger.assertAccessible("sign-in " + theme + " " + size);
                assertFits(stranger, "sign-in", size);
            });
        }
    }

    @Test
    void thePageSpeaksKorean() {
        aLivelyWorkspace();
        Tab tab = at("#/board", KIM);
        tab.click(tab.css(".person-button"));
        tab.css(".language option[value=ko]").click();
        try {
            tab.awaitText("실시간").awaitText("새 작업").screenshot("board-korean").assertAccessible("Korean");
            assertThat(tab.script("return document.documentElement.lang")).isEqualTo("ko");
            tab.go("#/statistics").awaitText("담당자별");
        } finally {
            tab.script("localStorage.clear()");
        }
    }

    @Test
    void withTheKeyboardAloneATaskIsFoundOpenedChangedAndClosed() {
        String id = task("Disk full");
        Tab tab = at("#/board", KIM);
        card(tab, id);
        tab.keys(Keys.TAB);
        assertThat(tab.driver().switchTo().activeElement().getText()).isEqualTo("Skip to content");
        for (int i = 0;
                i < 30 && !id.equals(tab.driver().switchTo().activeElement().getDomAttribute("data-task"));
                i++) {
            tab.keys(Keys.TAB);
        }
        tab.keys(Keys.ENTER);
        tab.field("Name");
        while (!"Name".equals(labelOfFocus(tab))) {
            tab.keys(Keys.TAB);
        }
        tab.keys(Keys.END, ", really", Keys.ENTER);
        tab.awaitText("Saved.");
        tab.keys(Keys.ESCAPE);
        tab.until(() -> tab.driver().findElements(By.tagName("dialog")).isEmpty());
        tab.awaitText("Disk full, really");
        assertThat(tab.driver().switchTo().activeElement().getDomAttribute("data-task"))
                .isEqualTo(id);
    }

    private void look(TokenBuilder token, Map<String, String> views) {
        Tab tab = signedIn(token, "#/board");
        views.forEach((view, fragment) -> {
            tab.size(1440, 900).go(fragment);
            awaitView(tab, view);
            for (String theme : List.of("light", "dark")) {
                SIZES.forEach((size, pixels) -> {
                    tab.theme(theme).size(pixels[0], pixels[1]);
                    tab.screenshot(view + "-" + size + "-" + theme);
                    if (!size.equals("wall")) { // which shows what the desk shows
                        tab.assertAccessible(view + " " + theme + " " + size);
                    }
                    assertFits(tab, view, size);
                });
            }
        });
        assertThat(tab.complaints()).isEmpty();
    }

    private static void assertFits(Tab tab, String view, String size) {
        assertThat((Long) tab.script("""
                        const content = document.querySelector('#content') ?? document.body;
                        return Math.max(document.documentElement.scrollWidth - innerWidth, content.scrollWidth - content.clientWidth);
                        """))
                .as("what %s is too wide at %s", view, size)
                .isLessThanOrEqualTo(0);
    }

    private static void awaitView(Tab tab, String view) {
        switch (view) {
            case "task" -> tab.awaitText("What happened");
            case "list" -> tab.css("td.cell-name");
            case "statistics" -> tab.awaitText("Show the 14 requests").css(".bar-cell .bar");
            case "operation" -> tab.awaitText("Everything moves");
            default -> tab.css("h1");
        }
    }

    private static String labelOfFocus(Tab tab) {
        return (String) tab.script("return document.activeElement.labels?.[0]?.textContent ?? ''");
    }

    /** Tasks in all statuses, one of them with a life. */
    private String aLivelyWorkspace() {
        String lively = "";
        for (int i = 0; i < 36; i++) {
            Map<String, Object> request =
                    new LinkedHashMap<>(aTask(NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "" : " (" + i + ")")));
            request.put("priority", List.of("MEDIUM", "HIGH", "LOW", "MEDIUM").get(i % 4));
            request.put("assignee", PEOPLE.get((i * 7) % PEOPLE.size()));
            request.put(
                    "status_id",
                    List.of(Demo.TODO, Demo.IN_PROGRESS, Demo.TODO, Demo.DONE).get((i * 5 + i / 9) % 4));
            request.put("data", Map.of("node", i, "tags", List.of("disk", "kr")));
            request.put(
                    "description",
                    "The **root** volume is at 97 %.\n\n- [x] rotate the logs\n- [ ] order disks\n\n```\ndf -h /\n```");
            var answer = owner.task("create", request);
            if (i == 0) {
                lively = answer.text("task_id");
            }
        }
        Map<String, Object> more =
                Map.of("task_id", lively, "priority", "HIGH", "assignee", KIM, "name", "Disk full on node 7 and 8");
        as(as(LEE)).task("update", more);
        as(as(KIM)).task("change_status", Map.of("task_id", lively, "status_id", Demo.IN_PROGRESS));
        visible(
                owner,
                owner.task(
                        "update",
                        Map.of(
                                "task_id",
                                lively,
                                "description",
                                "The **root** volume is at 99 %.\n\n- [x] rotate the logs\n- [x] order disks")));
        return lively;
    }
}
