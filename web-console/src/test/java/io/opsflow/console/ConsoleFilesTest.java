package io.opsflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the page without a browser. */
class ConsoleFilesTest {

    private static final int MOST_COMPRESSED = 250 * 1024;

    private static final Pattern IMPORT = Pattern.compile(
            "(?m)(?:^(?:import|export)\\b[^'\"=;]*\\bfrom\\s*|^import\\s*|\\bimport\\()['\"]([^'\"]+)['\"]");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^  '([^']+)': '((?:[^'\\\\]|\\\\.)*)',$");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern USED_MESSAGE = Pattern.compile("\\bt\\('([^']+)'");

    private final ConsoleFiles files = ConsoleFiles.load();
    private final Map<String, String> sources = new TreeMap<>(files.all().entrySet().stream()
            .collect(Collectors.toMap(
                    Map.Entry::getKey, file -> new String(file.getValue().plain(), StandardCharsets.UTF_8))));

    @Test
    void everyImportLeadsToAFileOfThePage() {
        own("js")
                .forEach(name -> matches(IMPORT, sources.get(name)).forEach(found -> {
                    String imported = found.group(1);
                    assertThat(imported).as("%s imports", name).startsWith(".");
                    assertThat(sources)
                            .as("%s imports", name)
                            .containsKey(Path.of(name)
                                    .resolveSibling(imported)
                                    .normalize()
                                    .toString());
                }));
        assertThat(matches(IMPORT, sources.get("lib/preact-hooks.js")).map(found -> found.group(1)))
                .containsExactly("./preact.js");
    }

    @Test
    void everythingTogetherIsSmall() {
        int sum = files.page().compressed().length
                + files.all().values().stream()
                        .mapToInt(file -> file.compressed().length)
                        .sum();
        System.out.printf("page: %,d bytes compressed in %d files%n", sum, sources.size() + 1);
        assertThat(sum).isLessThan(MOST_COMPRESSED);
    }

    @Test
    void nothingIsInlineAndNothingComesFromElsewhere() {
        String page = new String(files.page().plain(), StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("<style", "style=", "http:", "https:", "{folder}", "onload");
        assertThat(matches(Pattern.compile("<script[^>]*>([^<]*)</script>"), page)
                        .map(found -> found.group(1)))
                .containsExactly("");
        own("js")
                .forEach(name -> assertThat(sources.get(name))
                        .as(name)
                        .doesNotContain(
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacentHTML",
                                "dangerouslySetInnerHTML",
                                "eval(",
                                "new Function"));
        own("css").forEach(name -> assertThat(sources.get(name)).as(name).doesNotContain("url(", "@import"));
    }

    @Test
    void theTokenIsNeverPutWhereItOutlivesTheTab() {
        assertThat(own("js").filter(name -> sources.get(name).contains("localStorage")))
                .containsExactly("ui/text.js");
        assertThat(own("js").filter(name -> sources.get(name).contains("document.cookie")))
                .isEmpty();
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        Map<String, String> english = messages("text/en.js");
        Map<String, String> korean = messages("text/ko.js");
        assertThat(korean).containsOnlyKeys(english.keySet());
        english.forEach((key, message) ->
                assertThat(placeholders(korean.get(key))).as(key).isEqualTo(placeholders(message)));
        Set<String> used = new TreeSet<>();
        own("js").forEach(name -> matches(USED_MESSAGE, sources.get(name)).forEach(found -> used.add(found.group(1))));
        assertThat(english.keySet()).containsAll(used);
    }

    @Test
    void theVersionIsThatOfTheContents() {
        assertThat(files.version())
                .matches("[0-9a-f]{16}")
                .isEqualTo(ConsoleFiles.load().version());
        assertThat(new String(files.page().plain(), StandardCharsets.UTF_8))
                .contains("/console/" + files.version() + "/app.js");
    }

    private Stream<String> own(String extension) {
        return List.copyOf(sources.keySet()).stream()
                .filter(name -> name.endsWith("." + extension) && !name.startsWith("lib/"));
    }

    private Map<String, String> messages(String file) {
        return matches(MESSAGE, sources.get(file))
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static Set<String> placeholders(String message) {
        return matches(PLACEHOLDER, message).map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
