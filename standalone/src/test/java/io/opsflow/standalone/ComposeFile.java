package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml gives to its services. */
final class ComposeFile {

    private static final Path FILE = Path.of("../docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):\\?[^}]*}");

    private static final int POSTGRESQLS_OWN = 100;

    private final Map<String, String> variables;

    /** @param variables all that the file wants */
    ComposeFile(Map<String, String> variables) {
        this.variables = variables;
    }

    /** What a container is asked for its health, with the port in the place of its own. */
    static List<String> healthcheck(String service, int port) {
        List<?> test = (List<?>) ((Map<?, ?>) described(service).get("healthcheck")).get("test");
        assertThat(test.getFirst()).isEqualTo("CMD");
        return test.stream()
                .skip(1)
                .map(word -> word.toString()
                        .replace("127.0.0.1/8080", "127.0.0.1/" + port)
                        .replace("$$", "$"))
                .toList();
    }

    /** How many connections its PostgreSQL takes. */
    static int connections() {
        return ((List<?>) described("postgres").get("command"))
                .stream()
                        .map(Object::toString)
                        .filter(word -> word.startsWith("max_connections="))
                        .mapToInt(word -> Integer.parseInt(word.substring("max_connections=".length())))
                        .findFirst()
                        .orElse(POSTGRESQLS_OWN);
    }

    private static Map<String, Object> described(String service) {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(read(FILE));
        return compose.get("services").get(service);
    }

    /** Exactly what the service has in its environment; files of its secrets lie elsewhere than in a container. */
    Map<String, String> environment(String service) {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(read(FILE));
        Map<String, Object> described = compose.get("services").get(service);
        Map<String, String> environment = new HashMap<>();
        ((Map<?, ?>) described.get("environment"))
                .forEach((name, value) -> environment.put(
                        name.toString(),
                        VARIABLE.matcher(value.toString())
                                .replaceAll(variable -> Matcher.quoteReplacement(variables.get(variable.group(1))))));
        if (described.get("secrets") instanceof List<?> secrets) {
            for (Object secret : secrets) {
                String variable =
                        compose.get("secrets").get(secret).get("environment").toString();
                String file = file(variables.get(variable));
                environment.replaceAll((name, value) -> value.equals("/run/secrets/" + secret) ? file : value);
            }
        }
        return environment;
    }

    private static String file(String secret) {
        try {
            Path file = Files.createTempFile("secret", ""); // for its owner alone
            file.toFile().deleteOnExit();
            return Files.writeString(file, secret).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
