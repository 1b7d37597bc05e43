package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a person at the page sees and does. Everything that is looked for is waited for. */
final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path SCREENSHOTS = Path.of("../web-console/target/screenshots");
    private static final String AXE = axe();

    private static final String RUN_AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
              found => done(found.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))),
              error => done([String(error)]));
            """;

    private static final String SET = """
            const [field, value] = arguments;
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            """;

    private static final String HOLD = """
            const [verb, where] = arguments;
            window.held = window.taken = false;
            window.fetch = (real => async (url, more) => {
              const answer = await real(url, more);
              if (!window.held && url.endsWith(verb) && more.body.includes(where)) {
                const text = await answer.text();
                window.held = true;
                await new Promise(resolve => { window.release = resolve; });
                setTimeout(() => setTimeout(() => { window.taken = true; }));
                answer.text = async () => text;
                answer.json = async () => JSON.parse(text);
              }
              return answer;
            })(window.fetch);
            """;

    private static final String ANSWER = """
            const [path, where, status, body] = arguments;
            window.asked = 0;
            window.fetch = (real => async (url, more) => {
              if (!url.endsWith(path) || !(more.body ?? '').includes(where)) return real(url, more);
              window.asked++;
              return new Response(body, { status, headers: { 'Content-Type': 'application/json' } });
            })(window.fetch);
            """;

    private final ChromeDriver driver;
    private final String handle;

    Tab(ChromeDriver driver, String handle) {
        this.driver = driver;
        this.handle = handle;
    }

    ChromeDriver driver() {
        driver.switchTo().window(handle);
        return driver;
    }

    /** CSS pixels; below 600 as on a phone. */
    Tab size(int width, int height) {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        return this;
    }

    Tab theme(String theme) {
        driver().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
        return this;
    }

    /** As if the reader lived there. */
    Tab zone(String zone) {
        driver().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    /** As when the cable is pulled, or is in again. */
    Tab offline(boolean offline) {
        driver().executeCdpCommand("Network.enable", Map.of());
        driver().executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** To another view, by its fragment. */
    Tab go(String fragment) {
        driver().executeScript("location.hash = arguments[0]", fragment);
        return this;
    }

    Tab reload() {
        driver().navigate().refresh();
        return this;
    }

    Object script(String script, Object... arguments) {
        return driver().executeScript(script, arguments);
    }

    /** Answers of the service to this verb wait until they are released. */
    Tab hold(String verb, String where) {
        script(HOLD, verb, where);
        return this;
    }

    Tab awaitHeld() {
        until(() -> script("return window.held"));
        return this;
    }

    /** Returns once the page has done with the answer what it does. */
    Tab release() {
        script("window.release()");
        until(() -> script("return window.taken"));
        return this;
    }

    /** From now on the service answers this, whatever it is asked at addresses that end so. */
    Tab answer(String path, int status, Object body) {
        return answer(path, "", status, body);
    }

    /** As above, where the request has this text in it. */
    Tab answer(String path, String where, int status, Object body) {
        script(ANSWER, path, where, status, Json.write(body));
        return this;
    }

    WebElement shown(By by) {
        return until(() -> {
            WebElement element = driver().findElement(by);
            return element.isDisplayed() ? element : null;
        });
    }

    WebElement css(String selector) {
        return shown(By.cssSelector(selector));
    }

    /** The element of this kind that has this very text. */
    WebElement withText(String tag, String text) {
        return shown(By.xpath("//" + tag + "[normalize-space(.)=" + quoted(text) + "]"));
    }

    WebElement button(String text) {
        return shown(By.xpath("//button[normalize-space(.)=" + quoted(text) + " or @aria-label=" + quoted(text) + "]"));
    }

    /** The input that this label belongs to. */
    WebElement field(String label) {
        WebElement found = shown(By.xpath("//label[normalize-space(.)=" + quoted(label) + "]"));
        return driver().findElement(By.id(Objects.requireNonNull(found.getDomAttribute("for"))));
    }

    Tab click(WebElement element) {
        element.click();
        return this;
    }

    Tab click(String button) {
        until(() -> {
            button(button).click();
            return true;
        });
        return this;
    }

    Tab type(WebElement element, String text) {
        element.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        element.sendKeys(text);
        return this;
    }

    /** For fields that are not typed into, such as of a time or a colour. */
    Tab set(WebElement element, String value) {
        script(SET, element, value);
        return this;
    }

    Tab choose(String label, String option) {
        WebElement select = field(label);
        select.findElement(By.xpath("option[normalize-space(.)=" + quoted(option) + "]"))
                .click();
        return this;
    }

    Tab keys(CharSequence... keys) {
        new Actions(driver()).sendKeys(keys).perform();
        return this;
    }

    Tab drag(WebElement from, WebElement to) {
        new Actions(driver())
                .clickAndHold(from)
                .moveByOffset(12, 12)
                .moveToElement(to)
                .release()
                .perform();
        return this;
    }

    boolean shows(String text) {
        return driver().findElement(By.tagName("body")).getText().contains(text);
    }

    Tab awaitText(String text) {
        await("the page shows: " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> shows(text));
        return this;
    }

    Tab awaitNoText(String text) {
        await("the page no longer shows: " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !shows(text));
        return this;
    }

    <T> T until(Callable<T> condition) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(WebDriverException.class) // not there yet, drawn anew, covered
                .until(condition, found -> found != null && !Boolean.FALSE.equals(found));
    }

    /** What axe has against the page as it is now; it does not look at what lies beneath an open dialog. */
    Tab assertAccessible(String view) {
        driver().executeScript(AXE);
        assertThat((List<?>) driver().executeAsyncScript(RUN_AXE))
                .as("axe on %s", view)
                .isEmpty();
        return this;
    }

    /** To {@code web-console/target/screenshots}. */
    Tab screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Complaints of the browser since the last call, such as of what the content security policy forbids. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver().close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "") + '"';
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Tab.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
