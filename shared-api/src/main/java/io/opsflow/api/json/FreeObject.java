package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON that belongs to the client, such as a task's {@code data}: kept as it came but for its texts, which are
 * trimmed. At most 256 KiB as JSON, 32 levels deep, the object itself being the first.
 */
public final class FreeObject {

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_LEVELS = 32;

    private FreeObject() {}

    static ObjectNode read(JsonNode value, String key) {
        if (!(value instanceof ObjectNode object)) {
            throw ApiException.wrongType(key, "dictionary");
        }
        ObjectNode trimmed = (ObjectNode) trimmed(object, key, 1);
        if (Json.write(trimmed).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ApiException.invalid(key, "at most 256 KiB");
        }
        return trimmed;
    }

    /** Whether two objects differ in anything a client could see: 1 and 1.0 do, the order of members does not. */
    public static boolean differ(ObjectNode one, ObjectNode other) {
        return !one.equals((a, b) -> a.toString().equals(b.toString()) ? 0 : 1, other);
    }

    private static JsonNode trimmed(JsonNode node, String key, int level) {
        if (level > MAX_LEVELS && node.isContainer()) {
            throw ApiException.invalid(key, "at most %d levels deep".formatted(MAX_LEVELS));
        }
        return switch (node.getNodeType()) {
            case STRING ->
                JsonNodeFactory.instance.stringNode(node.stringValue().strip());
            case OBJECT -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                node.forEachEntry((name, member) -> copy.set(name, trimmed(member, key, level + 1)));
                yield copy;
            }
            case ARRAY -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                node.forEach(element -> copy.add(trimmed(element, key, level + 1)));
                yield copy;
            }
            default -> node;
        };
    }
}
