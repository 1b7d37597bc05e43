package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What came back for a request.
 *
 * @param headers by their names in lower case, the first value of each
 */
public record Answered(String method, String path, int status, Map<String, String> headers, String body) {

    private static final String ERROR = "/components/schemas/Error";

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Without its parameters. */
    String contentType() {
        return header("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    }

    /** Whether the body can be read as JSON; not when it is compressed. */
    boolean isJson() {
        return contentType().endsWith("json") && header("Content-Encoding").isEmpty();
    }

    JsonNode json() {
        return Json.mapper().readTree(body);
    }

    /**
     * In what it differs from the description: the status, a header, the form of the body. What is not described at all,
     * such as a method that is refused, is to be an error in the API's form; HEAD has none. Empty where it does not differ.
     */
    public Optional<String> contradiction() {
        try {
            Optional<Operation> operation = ApiDocument.published().find(method, path);
            return operation.isPresent() && !isNothingHere() ? operation.get().contradiction(this) : undescribed();
        } catch (JacksonException e) {
            return Optional.of("the body is no JSON");
        }
    }

    /** The description is that of both sides together: one side alone has nothing at the paths of the other. */
    private boolean isNothingHere() {
        return status == 404
                && isJson()
                && json().at("/detail/code").asString("").equals("ERROR_INVALID_ARGUMENT");
    }

    private Optional<String> undescribed() {
        if (method.equals("HEAD")) {
            return Optional.empty();
        }
        if (status < 400) {
            return path.matches("/(opsflow|admin)/.*")
                    ? Optional.of("nothing is described here, and it is not refused")
                    : Optional.empty();
        }
        if (!isJson()) {
            return Optional.of("a refusal of the content type '%s'".formatted(contentType()));
        }
        var problems = ApiDocument.published().problems(ERROR, json());
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
