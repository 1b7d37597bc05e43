package io.opsflow.queryside.consistency;

import io.opsflow.api.error.ApiException;
import io.opsflow.web.Answers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a read asks to include: the header {@code Opsflow-Consistent-With} as it came.
 *
 * @param lines one for each time the header was sent; none where the read may be as old as it is
 */
public record ConsistentWith(List<String> lines) {

    private static final int MOST = 100;
    private static final Pattern CHANGE =
            Pattern.compile("((?:task|category|task-type)-[0-9a-f]{12})@(0|[1-9]\\d{0,17})");

    public ConsistentWith {
        lines = List.copyOf(lines);
    }

    /**
     * For each id of a task, category or type, the number of the event that has to be there.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER where it is no list of {@code id@version}, or a longer one than 100
     */
    Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        if (lines.isEmpty()) {
            return versions;
        }
        String[] changes = String.join(",", lines).split(",", MOST + 1);
        if (changes.length > MOST) {
            throw invalid("at most %d changes".formatted(MOST));
        }
        boolean quoted = false;
        for (String change : changes) {
            String text = change.strip();
            boolean opens = text.startsWith("\"");
            boolean closes = text.endsWith("\"") && text.length() > 1;
            if (opens ? quoted : closes && !quoted) {
                throw malformed();
            }
            quoted = (quoted || opens) && !closes;
            Matcher matcher = CHANGE.matcher(text.substring(opens ? 1 : 0, text.length() - (closes ? 1 : 0)));
            if (!matcher.matches()) {
                throw malformed();
            }
            versions.merge(matcher.group(1), Long.valueOf(matcher.group(2)), Math::max);
        }
        if (quoted) {
            throw malformed();
        }
        return versions;
    }

    private static ApiException malformed() {
        return invalid("id@version of tasks, categories and types, as writes answer it, separated by commas");
    }

    private static ApiException invalid(String reason) {
        return ApiException.invalid(Answers.CONSISTENT_WITH, reason);
    }
}
