package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.TokenBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends each path where the gateway's own file sends it. */
final class Gateway {

    private static final Path FILE = Path.of("../ops/gateway/nginx.conf");
    private static final Pattern ROUTE = Pattern.compile("location ~ (\\S+) \\{\\s*set \\$\\w+ http://([\\w-]+):8080;");

    private final Map<Pattern, Side> routes = new LinkedHashMap<>();

    /** @param sides by the names of their services */
    Gateway(Map<String, Side> sides) {
        Matcher route = ROUTE.matcher(ComposeFile.read(FILE));
        while (route.find()) {
            routes.put(Pattern.compile(route.group(1)), sides.get(route.group(2)));
        }
        assertThat(routes).hasSize(2);
    }

    ApiClient.Answer send(TokenBuilder token, String verb, Object request) {
        String path = "/opsflow/v1/" + verb;
        return routes.entrySet().stream()
                .filter(route -> route.getKey().matcher(path).find())
                .findFirst()
                .orElseThrow()
                .getValue()
                .as(token)
                .post(path, request);
    }

    ApiClient.Answer post(TokenBuilder token, String verb, Object request) {
        ApiClient.Answer answer = send(token, verb, request);
        assertThat(answer.status()).as("%s: %s", verb, answer.body()).isEqualTo(200);
        return answer;
    }
}
