package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

class ConsoleSignInTest extends ConsoleTest {

    private static final String DROP = """
            const [form, token] = arguments;
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([token + '\\n'], 'kim.jwt'));
            form.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
            """;

    @Test
    void theLinkThatStandalonePrintsSignsInAndLeavesNoCodeInTheAddress() {
        Tab tab = tab();
        tab.driver().get(service().page()); // which loads nothing, as only the fragment is another
        tab.awaitText("owner@example.com").awaitText("workspace-000000000001").awaitText("ends in");
        assertThat(tab.driver().getCurrentUrl()).doesNotContain("code");
        tab.click(tab.css(".person-button")).click(tab.shown(By.xpath("//button[contains(., 'root@example.com')]")));
        tab.withText("a", "Operation");
    }

    @Test
    void theCodeOfTheLinkIsInNoAddressThatIsSharedLater() {
        Tab tab = tab();
        tab.driver().get(service().page());
        tab.awaitText("owner@example.com").click("Priority").click(tab.withText("label", "High"));
        tab.until(() -> tab.driver().getCurrentUrl().contains("priority=HIGH"));
        assertThat(tab.driver().getCurrentUrl()).doesNotContain("code");
    }

    @Test
    void whoeverSignsOutStaysOutAlsoAfterTheLink() {
        Tab tab = tab();
        tab.driver().get(service().page());
        tab.awaitText("owner@example.com").click(tab.css(".person-button")).click("Sign out");
        signIn(tab, as(KIM).build());
        tab.awaitText(KIM).click(tab.css(".person-button")).click("Sign out");
        tab.css("#token");
        assertThat((Long) tab.script("return sessionStorage.getItem('opsflow.session') === null ? 0 : 1"))
                .isZero();
    }

    @Test
    void theLinkSignsInAnotherPersonInATabThatIsOpenAndAWrongCodeSaysSo() {
        task("Only in Kim's workspace");
        Tab tab = at("#/board", KIM).awaitText("Only in Kim's workspace");
        tab.driver().get(service().page());
        tab.until(() -> tab.css(".person-button").getText().contains("owner@example.com"));
        assertThat(tab.css(".person-button").getText()).doesNotContain(KIM);
        tab.awaitNoText("Only in Kim's workspace");
        tab.go("#code=0123456789abcdef").awaitText("This link belongs to an earlier start");
        assertThat(tab.driver().getCurrentUrl()).doesNotContain("code");
    }

    @Test
    void whatIsNoViewIsTheBoard() {
        at("#/constructor", KIM).awaitText("No tasks yet");
        at("#/board?at=yesterday&since=never", KIM).awaitText("No tasks yet");
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
    void aTokenIsDroppedIn() {
        Tab tab = tab();
        tab.script(DROP, tab.css(".token-form"), as(KIM).build());
        tab.awaitText(KIM);
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
