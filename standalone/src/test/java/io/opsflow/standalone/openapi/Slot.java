package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a body where a value stands, or might.
 *
 * @param place its way from the body, such as {@code query.filter[].k}
 * @param parent an object or a list
 * @param name of the member; empty in a list
 * @param index in the list; -1 in an object
 * @param schema of the value, as it stands in the description; an empty one where anything goes
 */
record Slot(String place, JsonNode parent, String name, int index, JsonNode schema) {

    /** Of a place: any element of a list. */
    static final String ELEMENT = "[]";

    static List<Slot> of(ApiDocument document, JsonNode schema, JsonNode value) {
        List<Slot> slots = new ArrayList<>();
        collect(document, schema, value, "", slots);
        return slots;
    }

    private static void collect(ApiDocument document, JsonNode schema, JsonNode value, String place, List<Slot> slots) {
        ObjectNode resolved = document.resolved(schema);
        switch (value) {
            case ObjectNode object -> {
                JsonNode properties = resolved.path("properties");
                properties.forEachEntry((name, property) -> {
                    slots.add(new Slot(member(place, name), object, name, -1, property));
                    if (object.has(name)) {
                        collect(document, property, object.get(name), member(place, name), slots);
                    }
                });
                object.forEachEntry((name, member) -> {
                    if (!properties.has(name)) {
                        slots.add(new Slot(member(place, name), object, name, -1, anything(document)));
                        collect(document, anything(document), member, member(place, name), slots);
                    }
                });
            }
            case ArrayNode list -> {
                JsonNode items = resolved.has("items") ? resolved.get("items") : anything(document);
                for (int i = 0; i < list.size(); i++) {
                    slots.add(new Slot(place + ELEMENT, list, "", i, items));
                    collect(document, items, list.get(i), place + ELEMENT, slots);
                }
            }
            default -> {}
        }
    }

    static String member(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static JsonNode anything(ApiDocument document) {
        return document.json().objectNode();
    }

    boolean isFreeObject() {
        return schema.path("$ref").asString("").endsWith("/FreeObject");
    }

    /** Null where there is none. */
    @Nullable
    JsonNode value() {
        return parent instanceof ObjectNode ? parent.get(name) : parent.get(index);
    }

    void set(JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(index, value);
        }
    }

    void remove() {
        if (parent instanceof ObjectNode object) {
            object.remove(name);
        } else {
            ((ArrayNode) parent).remove(index);
        }
    }

    @Override
    public String toString() {
        return index < 0 ? name : "[" + index + "]";
    }
}
