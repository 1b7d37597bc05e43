package io.opsflow.commandside.tool;

import io.opsflow.web.setting.WrongSetting;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Runs a tool by its name. Exit codes: 0 done, and nothing found; 1 a tool that checks has found something; 2 it could
 * not be done, and one sentence on the error stream says why.
 */
public final class Tools {

    /** A line for each tool. */
    public static final String USAGE = """
              verify [--head INDEX:HASH]          checks the event store's hash chain, an earlier head and the topic
              republish --topic NAME [--from N]   publishes the events from N (1) to the head into a new topic
            """;

    private static final Map<String, Tool> TOOLS = Map.of("verify", new Verify(), "republish", new Republish());

    private static final int NOT_DONE = 2;

    private Tools() {}

    /** Whether the arguments ask for a tool, known or not, rather than for the service. */
    public static boolean areMeant(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("--");
    }

    /** Whether there is such a tool. */
    public static boolean exists(String name) {
        return TOOLS.containsKey(name);
    }

    /** Ends the log: nothing but a tool's own lines is printed from here on. For mains only. */
    public static void silenceTheLog() {
        LoggingSystem.get(Tools.class.getClassLoader()).beforeInitialize();
    }

    /**
     * @param settings of the service, by their names as Spring Boot's properties; they win over the environment's
     * @return the process's exit code
     */
    public static int run(List<String> arguments, Map<String, Object> settings, PrintStream out, PrintStream err) {
        String name = arguments.getFirst();
        Tool tool = TOOLS.get(name);
        if (tool == null) {
            return refuse(err, "There is no tool %s. The tools are:%n%s".formatted(name, USAGE.stripTrailing()));
        }
        try {
            Options options = Options.parse(arguments.subList(1, arguments.size()), tool.options());
            return tool.run(options, new ToolSettings(settings), out);
        } catch (ToolFailure | WrongSetting e) {
            return refuse(err, e.getMessage());
        } catch (SQLException e) {
            return refuse(err, "The event store at OPSFLOW_EVENT_STORE_URL did not answer: " + firstLine(e));
        } catch (KafkaException e) {
            return refuse(err, "The broker at OPSFLOW_KAFKA_BOOTSTRAP did not do it: " + firstLine(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(err, "Interrupted.");
        } catch (RuntimeException e) {
            // A mistake of ours. Thrown on it would end the process with 1, which says something else.
            e.printStackTrace(err);
            return refuse(err, "%s failed.".formatted(name));
        }
    }

    private static int refuse(PrintStream err, String sentence) {
        err.println(sentence);
        return NOT_DONE;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
