package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What some paths lead to, where it stood. The paths are a tree, made once a request: what is done for an element depends
 * on what the element has, however many paths there are.
 *
 * @param whole whether all of the value is asked for, as a path ends here
 * @param below what is asked for of a member, and of an element by its index
 * @param inObjects what is asked for of the members of objects in a list; a part that could be an index is none there
 */
public record Excerpt(boolean whole, Map<String, Excerpt> below, Map<String, Excerpt> inObjects) {

    /** All of a value. */
    static final Excerpt WHOLE = new Excerpt(true, Map.of(), Map.of());

    private static final Excerpt NOTHING = new Excerpt(false, Map.of(), Map.of());

    /** @param paths below a value; an empty one asks for all of it */
    static Excerpt along(List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return WHOLE;
        }
        Map<String, List<List<String>>> byPart = paths.stream()
                .collect(Collectors.groupingBy(
                        List::getFirst, Collectors.mapping(path -> path.subList(1, path.size()), Collectors.toList())));
        Map<String, Excerpt> below = new HashMap<>();
        byPart.forEach((part, rest) -> below.put(part, along(rest)));
        Map<String, Excerpt> inObjects = new HashMap<>(below);
        inObjects.keySet().removeIf(FieldPath::isIndex);
        return new Excerpt(false, below, inObjects);
    }

    /** Whether anything of a member is asked for. */
    boolean asksFor(String member) {
        return whole || below.containsKey(member);
    }

    /** What is asked for of a member. */
    Excerpt at(String member) {
        return whole ? WHOLE : below.getOrDefault(member, NOTHING);
    }

    /** What is asked for of this value; a missing node where that is nothing. */
    JsonNode of(JsonNode value) {
        if (whole) {
            return value;
        }
        return switch (value) {
            case ObjectNode object -> ofObject(object, below);
            case ArrayNode list -> ofList(list);
            default -> JsonNodeFactory.instance.missingNode();
        };
    }

    private static ObjectNode ofObject(ObjectNode object, Map<String, Excerpt> asked) {
        ObjectNode excerpt = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Excerpt below = asked.get(member.getKey());
            JsonNode kept = below == null ? JsonNodeFactory.instance.missingNode() : below.of(member.getValue());
            if (!kept.isMissingNode()) {
                excerpt.set(member.getKey(), kept);
            }
        }
        return excerpt;
    }

    private ArrayNode ofList(ArrayNode list) {
        ArrayNode excerpt = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            Excerpt byIndex = below.get(Integer.toString(i));
            JsonNode kept = byIndex != null ? byIndex.of(list.get(i)) : inList(list.get(i));
            if (!kept.isMissingNode()) {
                excerpt.add(kept);
            }
        }
        return excerpt;
    }

    private JsonNode inList(JsonNode element) {
        return element instanceof ObjectNode object && !inObjects.isEmpty()
                ? ofObject(object, inObjects)
                : JsonNodeFactory.instance.missingNode();
    }
}
