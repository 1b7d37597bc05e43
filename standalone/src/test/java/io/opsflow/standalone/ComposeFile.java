package io.opsflow.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml gives to its services. */
final class ComposeFile {

    private static final Path FILE = Path.of("../docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):\\?[^}]*}");

    private final Map<String, String> variables;

    /** @param variables all that the file wants */
    ComposeFile(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Exactly what the service has in its environment. */
    Map<String, String> environment(String service) {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(read(FILE));
        @SuppressWarnings("unchecked")
        Map<String, Object> given =
                (Map<String, Object>) compose.get("services").get(service).get("environment");
        Map<String, String> environment = new HashMap<>();
        given.forEach((name, value) -> environment.put(
                name,
                VARIABLE.matcher(value.toString())
                        .replaceAll(variable -> Matcher.quoteReplacement(variables.get(variable.group(1))))));
        return environment;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
