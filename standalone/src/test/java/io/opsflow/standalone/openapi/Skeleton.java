package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The least that a schema allows and that has a certain place, for places that no example has. */
final class Skeleton {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Of members that name something: what the examples name. */
    private static final Map<String, String> TEXTS = Map.of(
            "category_id", "category-000000000001",
            "task_type_id", "task-type-000000000001",
            "task_id", "task-00000000000a",
            "status_id", "status-000000000001");

    private final ApiDocument document;

    Skeleton(ApiDocument document) {
        this.document = document;
    }

    /** All places of a body that the schema tells of, as {@link Slot#place} names them. */
    List<String> places(JsonNode schema) {
        List<String> places = new ArrayList<>();
        collect(schema, "", places);
        return places;
    }

    private void collect(JsonNode schema, String place, List<String> places) {
        ObjectNode resolved = document.resolved(schema);
        resolved.path("properties").forEachEntry((name, property) -> {
            String member = Slot.member(place, name);
            places.add(member);
            collect(property, member, places);
        });
        if (resolved.has("items")) {
            places.add(place + Slot.ELEMENT);
            collect(resolved.get("items"), place + Slot.ELEMENT, places);
        }
    }

    JsonNode with(JsonNode schema, String place) {
        return with(schema, "", place);
    }

    private JsonNode with(JsonNode schema, String member, String place) {
        if (place.isEmpty()) {
            return least(schema, member);
        }
        ObjectNode resolved = document.resolved(schema);
        if (place.startsWith(Slot.ELEMENT)) {
            return JSON.arrayNode().add(with(resolved.get("items"), member, place.substring(Slot.ELEMENT.length())));
        }
        String name = place.substring(place.startsWith(".") ? 1 : 0).replaceFirst("[.\\[].*", "");
        String rest = place.substring(place.indexOf(name) + name.length());
        return object(resolved, name).set(name, with(resolved.get("properties").get(name), name, rest));
    }

    private JsonNode least(JsonNode schema, String member) {
        ObjectNode resolved = document.resolved(schema);
        if (resolved.has("enum")) {
            return resolved.get("enum").get(0);
        }
        if (resolved.has("anyOf") && !resolved.has("properties")) {
            return least(resolved.get("anyOf").get(0), member);
        }
        return switch (resolved.path("type").asString("string")) {
            case "object" -> object(resolved, "");
            case "array" -> list(resolved, member);
            case "integer" -> JSON.numberNode(resolved.path("minimum").asInt(1));
            case "boolean" -> JSON.booleanNode(true);
            default -> JSON.stringNode(text(schema, member));
        };
    }

    private ArrayNode list(ObjectNode schema, String member) {
        ArrayNode list = JSON.arrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(0); i++) {
            list.add(least(schema.get("items"), member));
        }
        return list;
    }

    private static String text(JsonNode schema, String member) {
        return switch (schema.path("$ref").asString("").replaceFirst(".*/", "")) {
            case "Path" -> "name";
            case "Moment" -> "2024-12-05";
            default -> TEXTS.getOrDefault(member, "x");
        };
    }

    /** With what is required, alone or by this member. */
    private ObjectNode object(ObjectNode schema, String member) {
        Set<String> names = new LinkedHashSet<>();
        schema.path("required").forEach(name -> names.add(name.stringValue()));
        schema.path("dependentRequired").path(member).forEach(name -> names.add(name.stringValue()));
        for (JsonNode choices : Samples.choices(schema)) {
            JsonNode choice = choices.valueStream()
                    .filter(each -> each.path("required")
                            .valueStream()
                            .anyMatch(name -> name.asString("").equals(member)))
                    .findFirst()
                    .orElse(choices.get(0));
            choice.path("required").forEach(name -> names.add(name.stringValue()));
        }
        if (!member.isEmpty()) {
            names.add(member);
        } else if (schema.has("minProperties")) {
            names.add(schema.get("properties").propertyNames().iterator().next());
        }
        ObjectNode object = JSON.objectNode();
        names.forEach(name -> object.set(name, least(schema.get("properties").get(name), name)));
        return object;
    }
}
