package io.opsflow.standalone.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.opsflow.api.json.Json;
import io.opsflow.web.openapi.ApiDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description. Objects it describes are closed here: to a client an unknown member of an answer is no problem,
 * to a test it is one that nobody described.
 */
public final class ApiDocument {

    private static final ApiDocument PUBLISHED = new ApiDocument(ApiDescription.read());

    private static final String ID = "https://opsflow.test/api";
    private static final String ALIASED = "/opsflow/v1/";
    private static final String ALIAS = "/opsflow/";

    private final ObjectNode json;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ApiDocument(ObjectNode json) {
        this.json = json;
        json.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    String verb = method.toUpperCase(Locale.ROOT);
                    operations.put(verb + " " + path, new Operation(verb, path, (ObjectNode) operation, this));
                }));
        ObjectNode closed = json.deepCopy();
        close(closed);
        String text = Json.write(closed);
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, text)));
    }

    public static ApiDocument published() {
        return PUBLISHED;
    }

    public ObjectNode json() {
        return json;
    }

    /** In the order in which they are described. */
    public List<Operation> operations() {
        return List.copyOf(operations.values());
    }

    /** Also by the path's alias without version. */
    public Optional<Operation> find(String method, String path) {
        String described =
                path.startsWith(ALIAS) && !path.startsWith(ALIASED) ? ALIASED + path.substring(ALIAS.length()) : path;
        return Optional.ofNullable(operations.get(method + " " + described));
    }

    /** What is wrong with a value as the schema at this pointer describes it; empty where nothing is. */
    public List<String> problems(String pointer, JsonNode value) {
        List<String> problems = new ArrayList<>();
        schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(ID + "#" + at)))
                .validate(value)
                .forEach(error -> problems.add(error.toString()));
        return problems;
    }

    /** The node itself or, where it is a reference, what it refers to, with what stands beside the reference. */
    public ObjectNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        if (reference == null) {
            return (ObjectNode) node;
        }
        ObjectNode target =
                resolved(json.at(reference.stringValue().substring(1))).deepCopy();
        node.forEachEntry((name, value) -> {
            if (!name.equals("$ref")) {
                target.set(name, value);
            }
        });
        return target;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && isObjectType(object.get("type"))
                && object.get("properties") instanceof ObjectNode
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::close);
    }

    private static boolean isObjectType(@Nullable JsonNode type) {
        return type != null
                && (type.asString("").equals("object")
                        || type.valueStream().anyMatch(each -> each.asString("").equals("object")));
    }
}
