package io.opsflow.web.tool;

import io.opsflow.web.setting.WrongSetting;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Runs a tool by its name. Exit codes: 0 done, and nothing found; 1 a tool that checks has found something; 2 it could
 * not be done, and one sentence on the error stream says why.
 */
public final class Tools {

    /** The tool that every jar has, and that needs no server. */
    public static final String CHECK_CONFIG = "check-config";

    private static final int NOT_DONE = 2;

    private final List<ToolSet> sets;

    private Tools(List<ToolSet> sets) {
        this.sets = sets;
    }

    /** All that there are in a jar, and {@code check-config}; no two have the same name. */
    public static Tools of(ToolSet... sets) {
        return new Tools(
                Stream.concat(Stream.of(sets), Stream.of(CheckConfig.ALL)).toList());
    }

    /** Whether the arguments ask for a tool, known or not, rather than for the service. */
    public static boolean areMeant(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("--");
    }

    /** Ends the log: nothing but a tool's own lines is printed from here on. For mains only. */
    public static void silenceTheLog() {
        LoggingSystem.get(Tools.class.getClassLoader()).beforeInitialize();
    }

    /** For mains whose arguments ask for a tool: runs it with the settings of the environment, and ends the process. */
    public void runAndExit(String... arguments) {
        silenceTheLog();
        System.exit(run(List.of(arguments), Map.of(), System.out, System.err));
    }

    /** Whether there is such a tool. */
    public boolean exists(String name) {
        return setOf(name).isPresent();
    }

    /**
     * @param settings of the service, by their names as Spring Boot's properties; the environment's win over them, as they do when it starts
     * @return the process's exit code
     */
    public int run(List<String> arguments, Map<String, Object> settings, PrintStream out, PrintStream err) {
        String name = arguments.getFirst();
        Optional<ToolSet> found = setOf(name);
        if (found.isEmpty()) {
            return refuse(err, "There is no tool %s. The tools are:%n%s".formatted(name, usage()));
        }
        ToolSet set = found.get();
        Tool tool = set.tools().get(name);
        try {
            Options options = Options.parse(arguments.subList(1, arguments.size()), tool.options(), tool.flags());
            return tool.run(options, new ToolSettings(settings), out);
        } catch (ToolFailure | WrongSetting e) {
            return refuse(err, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(err, "Interrupted.");
        } catch (Exception e) {
            Optional<String> sentence = set.explanation().apply(e);
            if (sentence.isEmpty()) {
                // Thrown on it would end the process with 1, which says something else.
                e.printStackTrace(err);
            }
            return refuse(err, sentence.orElse("%s failed.".formatted(name)));
        }
    }

    private Optional<ToolSet> setOf(String name) {
        return sets.stream().filter(set -> set.tools().containsKey(name)).findFirst();
    }

    private String usage() {
        return sets.stream().map(ToolSet::usage).collect(Collectors.joining()).stripTrailing();
    }

    private static int refuse(PrintStream err, String sentence) {
        err.println(sentence);
        return NOT_DONE;
    }
}
