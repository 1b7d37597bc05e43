package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The lists of {@code words.json}. Names that begin with json_ hold JSON as it is written, the others texts. */
final class WordLists {

    /** A character that is repeated: {@code <x*9000>}. */
    private static final Pattern REPEATED = Pattern.compile("<(.)\\*(\\d+)>");

    private static final Map<String, List<String>> LISTS = read();

    private WordLists() {}

    static List<String> named(String name) {
        return Objects.requireNonNull(LISTS.get(name), name);
    }

    private static Map<String, List<String>> read() {
        try (InputStream file = WordLists.class.getResourceAsStream("/openapi/words.json")) {
            Map<String, List<String>> lists = new HashMap<>();
            JsonNode read = Json.mapper().readTree(file);
            read.forEachEntry((name, words) -> lists.put(
                    name,
                    words.valueStream()
                            .map(word -> REPEATED.matcher(word.stringValue())
                                    .replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2)))))
                            .toList()));
            return lists;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
