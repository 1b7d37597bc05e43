package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One verb of the API as it is described. */
public record Operation(String method, String path, ObjectNode json, ApiDocument document) {

    private static final String SCHEMA = "/schema";

    /** An answer that an example of a request promises. */
    public record Promise(int status, JsonNode body) {}

    /** @param schema where in the document its schema stands */
    public record Example(JsonNode value, String schema) {}

    public boolean needsToken() {
        return !json.has("security");
    }

    public Set<String> statuses() {
        return Set.copyOf(json.get("responses").propertyNames());
    }

    /** Parameters in headers and in the query. */
    public List<ObjectNode> parameters() {
        List<ObjectNode> parameters = new ArrayList<>();
        json.path("parameters").forEach(parameter -> parameters.add(document.resolved(parameter)));
        return parameters;
    }

    public boolean takesBody() {
        return json.has("requestBody");
    }

    /** Of the body, as it stands: it may be a reference. */
    public JsonNode requestSchema() {
        return document.json().at(requestPointer());
    }

    /** Where in the document the schema of the body stands. */
    public String requestPointer() {
        return pointer() + "/requestBody/content/application~1json/schema";
    }

    /** The bodies of requests by the names of the examples. */
    public Map<String, JsonNode> requests() {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        json.at("/requestBody/content/application~1json/examples")
                .forEachEntry((name, example) -> examples.put(name, example.get("value")));
        return examples;
    }

    /** The examples that are promised to succeed. */
    public List<JsonNode> goodRequests() {
        return requests().entrySet().stream()
                .filter(example -> promise(example.getKey()).stream().anyMatch(promised -> promised.status() == 200))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What the example of this name gets. */
    public Optional<Promise> promise(String example) {
        for (String status : json.get("responses").propertyNames()) {
            JsonNode promised = response(status).at("/content/application~1json/examples/" + example + "/value");
            if (!promised.isMissingNode()) {
                return Optional.of(new Promise(Integer.parseInt(status), promised));
            }
        }
        return Optional.empty();
    }

    /** The examples of what succeeds: of the body or, where there is none, of a header. */
    public List<Example> successes() {
        List<Example> examples = new ArrayList<>();
        for (String status : json.get("responses").propertyNames()) {
            if (Integer.parseInt(status) >= 400) {
                continue;
            }
            response(status)
                    .path("content")
                    .forEachEntry((type, content) -> content.path("examples")
                            .forEach(example -> examples.add(new Example(
                                    example.get("value"), pointer(status) + "/content/" + escaped(type) + SCHEMA))));
            response(status).path("headers").forEachEntry((name, header) -> {
                if (header.has("example")) {
                    examples.add(new Example(header.get("example"), pointer(status) + "/headers/" + name + SCHEMA));
                }
            });
        }
        return examples;
    }

    /** Whether an answer is as described; the reason why it is not, or nothing. */
    Optional<String> contradiction(Answered answer) {
        String status = Integer.toString(answer.status());
        if (!json.get("responses").has(status)) {
            return Optional.of("the status is not described");
        }
        ObjectNode response = response(status);
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            String pattern =
                    document.resolved(header.getValue()).at("/schema/pattern").stringValue();
            String value = answer.header(header.getKey()).orElse("");
            if (!Pattern.compile(pattern).matcher(value).find()) {
                return Optional.of("the header %s is '%s', not %s".formatted(header.getKey(), value, pattern));
            }
        }
        if (!response.has("content")) {
            return Optional.empty();
        }
        String type = answer.contentType();
        if (!response.get("content").has(type)) {
            return Optional.of("the content type '%s' is not described".formatted(type));
        }
        if (!answer.isJson()) {
            return Optional.empty();
        }
        List<String> problems =
                document.problems(pointer(status) + "/content/" + escaped(type) + SCHEMA, answer.json());
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private ObjectNode response(String status) {
        return document.resolved(json.get("responses").get(status));
    }

    private String pointer(String status) {
        JsonNode reference = json.get("responses").get(status).get("$ref");
        return reference == null
                ? pointer() + "/responses/" + status
                : reference.stringValue().substring(1);
    }

    private String pointer() {
        return "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
