package io.opsflow.web.tool;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tools of one side.
 *
 * @param tools by their names
 * @param usage a line for each
 * @param explanation what a server's failure means to the user, in one sentence; empty for a mistake of ours
 */
public record ToolSet(Map<String, Tool> tools, String usage, Function<Exception, Optional<String>> explanation) {

    /** Of what a server said, as much as fits into a sentence. */
    public static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
