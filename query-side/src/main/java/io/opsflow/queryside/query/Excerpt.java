package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What some paths lead to, where it stood. */
final class Excerpt {

    private Excerpt() {}

    /** @param paths below the value; an empty one asks for all of it */
    static JsonNode of(JsonNode value, List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return value;
        }
        Map<String, List<List<String>>> byPart = paths.stream()
                .collect(Collectors.groupingBy(
                        List::getFirst, Collectors.mapping(path -> path.subList(1, path.size()), Collectors.toList())));
        return switch (value) {
            case ObjectNode object -> ofObject(object, byPart);
            case ArrayNode list -> ofList(list, paths, byPart);
            default -> JsonNodeFactory.instance.missingNode();
        };
    }

    private static ObjectNode ofObject(ObjectNode object, Map<String, List<List<String>>> byPart) {
        ObjectNode excerpt = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            List<List<String>> below = byPart.get(member.getKey());
            JsonNode kept = below == null ? JsonNodeFactory.instance.missingNode() : of(member.getValue(), below);
            if (!kept.isMissingNode()) {
                excerpt.set(member.getKey(), kept);
            }
        }
        return excerpt;
    }

    private static ArrayNode ofList(ArrayNode list, List<List<String>> paths, Map<String, List<List<String>>> byPart) {
        ArrayNode excerpt = JsonNodeFactory.instance.arrayNode();
        List<List<String>> intoObjects = paths.stream()
                .filter(path -> !FieldPath.isIndex(path.getFirst()))
                .toList();
        for (int i = 0; i < list.size(); i++) {
            List<List<String>> byIndex = byPart.get(Integer.toString(i));
            JsonNode element = list.get(i);
            JsonNode kept = byIndex != null
                    ? of(element, byIndex)
                    : element.isObject() && !intoObjects.isEmpty()
                            ? of(element, intoObjects)
                            : JsonNodeFactory.instance.missingNode();
            if (!kept.isMissingNode()) {
                excerpt.add(kept);
            }
        }
        return excerpt;
    }
}
