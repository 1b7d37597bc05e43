package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

class ConsoleSignInTest extends ConsoleTest {

    @Test
    void theLinkThatStandalonePrintsSignsInAndLeavesNoCodeInTheAddress() {
        Tab tab = tab();
        tab.driver().get(service().page());
        tab.reload(); // a fragment alone loads nothing
        tab.awaitText("owner@example.com").awaitText("workspace-000000000001").awaitText("ends in");
        assertThat(tab.driver().getCurrentUrl()).doesNotContain("code");
        tab.click(tab.css(".person-button")).click(tab.shown(By.xpath("//button[contains(., 'root@example.com')]")));
        tab.withText("a", "Operation");
    }

    @Test
    void aPastedTokenIsKeptForThisTabOnlyAndNowhereElse() {
        Tab tab = at("#/board", KIM);
        tab.awaitText(KIM).awaitText(workspace);
        assertThat((Long) tab.script("return localStorage.length")).isZero();
        assertThat((String) tab.script("return document.cookie")).isEmpty();
        assertThat(tab.driver().getCurrentUrl()).doesNotContain("eyJ");
        tab.reload().awaitText(KIM);
        assertThat(tab().shows(KIM)).as("another tab").isFalse();
        tab.click(tab.css(".person-button")).click("Sign out");
        tab.css("#token");
        assertThat((Long) tab.script("return sessionStorage.length")).isZero();
    }

    @Test
    void whatIsNoTokenOrNoLongerOneIsSaidInASentence() {
        Tab tab = tab();
        signIn(tab, "garbage");
        tab.awaitText("This is no token");
        tab.type(tab.css("#token"), as(KIM).expiresIn(Duration.ofSeconds(-1)).build());
        tab.click("Sign in").awaitText("This token has ended");
        tab.type(tab.css("#token"), as(KIM).signedBy(Demo.OTHER_DOMAIN).build());
        tab.click("Sign in").awaitText("The service does not accept this token.");
    }

    @Test
    void anAdminOfTheSystemSeesOperationAndAMemberDoesNot() {
        Tab admin = signedIn(
                service()
                        .identity()
                        .token(Demo.ROOT_DOMAIN)
                        .role("SYSTEM_ADMIN")
                        .user("root@example.com"),
                "#/board");
        admin.withText("a", "Operation");
        Tab member = at("#/operation", KIM);
        member.withText("a", "Board");
        assertThat(member.shows("Operation")).isFalse();
    }
}
