package io.opsflow.standalone;

import io.opsflow.commandside.tool.CommandSideTools;
import io.opsflow.queryside.tool.QuerySideTools;
import io.opsflow.web.tool.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;

/** The tools of the sides, on the servers of a running instance, or on the home's own, started for them alone. */
final class StandaloneTools {

    private static final Tools TOOLS = Tools.of(CommandSideTools.ALL, QuerySideTools.ALL);
    private static final int NOT_DONE = 2;

    /** For what this brings by itself, where settings are looked at and nothing is started. */
    private static final Map<String, Object> STAND_INS = Map.of(
            "opsflow.event-store.url", "jdbc:postgresql://embedded/event_store",
            "opsflow.read-model.url", "jdbc:postgresql://embedded/read_model",
            "opsflow.kafka.bootstrap", "embedded:9092",
            "opsflow.jwks", "http://embedded/jwks.json",
            "opsflow.root-domain", Demo.ROOT_DOMAIN);

    private StandaloneTools() {}

    /** @return the process's exit code */
    static int run(Path directory, String... arguments) {
        if (!TOOLS.exists(arguments[0]) || arguments[0].equals(Tools.CHECK_CONFIG)) {
            return TOOLS.run(List.of(arguments), STAND_INS, System.out, System.err);
        }
        Parts parts = new Parts();
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
        try (parts) {
            return TOOLS.run(List.of(arguments), servers(directory, parts), System.out, System.err);
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            System.err.println("The servers in " + directory + " could not be started: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        }
        return NOT_DONE;
    }

    /** The process's exit code where nothing can begin: 1 of a tool would say that it has found something. */
    static int codeOfWrongSettings(String... arguments) {
        return Tools.areMeant(arguments) && !arguments[0].equals(Tools.CHECK_CONFIG) ? NOT_DONE : 1;
    }

    private static Map<String, Object> servers(Path directory, Parts parts) throws IOException {
        if (!Servers.exist(directory)) {
            throw new StartFailure("There is no OpsFlow in " + directory + "; OPSFLOW_HOME names another directory.");
        }
        Optional<Home> home = Home.openIfFree(directory);
        return home.isPresent() ? Servers.start(parts.add(home.get()), parts).settings() : Servers.running(directory);
    }
}
