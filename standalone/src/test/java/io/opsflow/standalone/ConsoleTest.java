package io.opsflow.standalone;

import io.opsflow.embedded.TokenBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The words of the tests of the page, which drive a real browser. They are left out where there is none. */
abstract class ConsoleTest extends ServiceTest {

    static final String KIM = "kim@example.com";
    static final String LEE = "lee@example.com";

    static final Map<String, ?> PRECONDITION_FAILED =
            Map.of("detail", Map.of("code", "ERROR_PRECONDITION_FAILED", "message", "It is at another version."));

    private final List<Tab> tabs = new ArrayList<>();

    @BeforeAll
    static void leaveOutWithoutABrowser() {
        Installed.assume("chromium", Browser.instance().isPresent());
    }

    @AfterEach
    void closeTabs() {
        tabs.forEach(Tab::close);
    }

    /** A tab that nobody has signed in at. */
    Tab tab() {
        return tab(service().address());
    }

    Tab tab(String address) {
        Tab tab = Browser.instance().orElseThrow().open(address + "/");
        tabs.add(tab);
        return tab;
    }

    /** Somebody who pasted their token, at this view. */
    Tab signedIn(TokenBuilder token, String fragment) {
        Tab tab = tab().go(fragment);
        signIn(tab, token.build());
        tab.css(".top");
        return tab;
    }

    /** An owner of this test's workspace. */
    Tab at(String fragment, String user) {
        return signedIn(as(user), fragment);
    }

    /** An admin of the system. */
    Tab root(String fragment) {
        return signedIn(
                service()
                        .identity()
                        .token(Demo.ROOT_DOMAIN)
                        .role("SYSTEM_ADMIN")
                        .user("root@example.com"),
                fragment);
    }

    /** Somebody in the demo's other domain: one catalog is everybody's of a domain. */
    static TokenBuilder other(String role) {
        return service().identity().token(Demo.OTHER_DOMAIN).role(role).user("admin@example.org");
    }

    TokenBuilder as(String user) {
        return token("WORKSPACE_OWNER").workspace(workspace).user(user);
    }

    static void signIn(Tab tab, String token) {
        tab.set(tab.css("#token"), token); // key by key would take longer than all the rest of a test
        tab.click(tab.css(".token-form button[type=submit]"));
    }

    /** Creates a task of the demo type through the API and returns its id. */
    String task(String name, Map<String, ?> more) {
        Map<String, Object> request = aTask(name);
        request.putAll(more);
        return created(owner, request).text("task_id");
    }

    String task(String name) {
        return task(name, Map.of());
    }

    static WebElement card(Tab tab, String id) {
        return tab.css(".columns [data-task='" + id + "']");
    }

    static WebElement column(Tab tab, String status) {
        return tab.css("[data-status='" + status + "']");
    }

    /** Waits until the card is in that column. */
    static void awaitCard(Tab tab, String id, String status) {
        tab.shown(By.cssSelector("[data-status='" + status + "'] [data-task='" + id + "']:not(.ghost)"));
    }
}
