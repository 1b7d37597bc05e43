package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spoils a body in one place. */
final class Mutation {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Stands in a tree for what no tree can hold, and is replaced when the tree has become text. */
    private static final String RAW = "\uE000raw\uE000";

    private final ApiDocument document;
    private final Samples samples;
    private final Random random;
    private String raw = "";
    private String what = "as it is";
    private boolean atLimit;
    private boolean pastLimit;
    private Enum<?> kind = Kind.AS_IT_IS;

    Mutation(ApiDocument document, Samples samples, Random random) {
        this.document = document;
        this.samples = samples;
        this.random = random;
    }

    /** What has been done. */
    String what() {
        return what;
    }

    /** A {@link Kind}, or a {@link Change}. */
    Enum<?> kind() {
        return kind;
    }

    /** Whether a limit has been passed that the schema does not know. */
    boolean isPastLimit() {
        return pastLimit;
    }

    /** Whether a limit has been reached and not passed. */
    boolean isAtLimit() {
        return atLimit;
    }

    /** The body's text with one of its places changed. */
    String spoil(JsonNode schema, ObjectNode body) {
        List<Slot> slots = Slot.of(document, schema, body);
        if (slots.isEmpty()) {
            kind = Kind.UNKNOWN_MEMBER;
            unknownMember(body);
            return text(body);
        }
        Slot slot = Vocabulary.any(slots, random);
        Kind chosen = Vocabulary.any(Kind.OF_A_PLACE, random);
        kind = chosen;
        switch (chosen) {
            case ANY_VALUE -> put(slot, Vocabulary.any(WordLists.named("json_values"), random));
            case ANY_CHANGE -> change(slot, Vocabulary.any(Change.of(slot, document.resolved(slot.schema())), random));
            case ANY_NUMBER -> put(slot, Vocabulary.number(random));
            case ODD_TEXT ->
                put(
                        slot,
                        "\""
                                + Vocabulary.any(
                                        random.nextInt(5) > 0
                                                ? WordLists.named("json_texts")
                                                : WordLists.named("broken_json_texts"),
                                        random)
                                + "\"");
            case NESTING -> nested(slot);
            case OTHER_SAMPLE -> {
                what = "another " + slot;
                slot.set(samples.of(slot.schema(), slot.name()));
            }
            case OTHER_SPELLING -> spelling(slot);
            case UNKNOWN_MEMBER -> unknownMember(container(slots, body));
            case MEMBER_TWICE -> twice(slot);
            default -> throw new IllegalStateException("not of a place: " + chosen);
        }
        return text(body);
    }

    private void put(Slot slot, String json) {
        what = slot + " is " + json;
        raw = json;
        slot.set(JSON.stringNode(RAW));
    }

    /** The body's text with this change at this place. */
    String change(JsonNode schema, ObjectNode body, int slot, Change change) {
        change(Slot.of(document, schema, body).get(slot), change);
        return text(body);
    }

    private void change(Slot slot, Change change) {
        kind = change;
        if (change == Change.MISSING) {
            what = "without " + slot;
            slot.remove();
        } else if (change.isAroundALimit()) {
            limit(slot, document.resolved(slot.schema()), change);
        } else if (change.isMostOfAFreeObject() || change.isTooMuchOfAFreeObject()) {
            put(slot, change.json());
            what = "%s is the %s object".formatted(slot, change);
            atLimit = change.isMostOfAFreeObject();
            pastLimit = !atLimit;
        } else {
            put(slot, change.json());
        }
    }

    private void limit(Slot slot, ObjectNode schema, Change change) {
        int step = change.step();
        if (change.isAroundTheLeast() || schema.has("maximum")) {
            JsonNode bound = schema.get(change.isAroundTheLeast() ? "minimum" : "maximum");
            put(slot, Long.toString(bound.longValue() + step));
            atLimit = step == 0;
        } else if (schema.has("enum")) {
            choice(slot, Vocabulary.any(List.copyOf(schema.get("enum").values()), random), step);
        } else if (schema.has("maxLength")) {
            length(slot, schema.get("maxLength").intValue() + step, step);
        } else if (schema.has("maxItems")) {
            size(slot, schema, schema.get("maxItems").intValue() + step, step);
        } else {
            put(slot, "\"data" + ".a".repeat(31 + step) + "\"");
            atLimit = step <= 0;
        }
    }

    /** One that there is, the same in another case, and a longer one. */
    private void choice(Slot slot, JsonNode choice, int step) {
        String json = choice.toString();
        put(slot, step < 0 ? json : step == 0 ? json.toLowerCase(Locale.ROOT) : json.replaceFirst("(?=.$)", "_"));
    }

    private void length(Slot slot, int length, int step) {
        String one = random.nextBoolean() ? "x" : "\uD83D\uDE00";
        String blanks = random.nextBoolean() ? "  " : "";
        put(slot, "\"" + blanks + one.repeat(length) + "\"");
        what = "%s has %d characters".formatted(slot, length);
        atLimit = step <= 0;
    }

    private void size(Slot slot, ObjectNode schema, int size, int step) {
        JsonNode items =
                schema.has("items") ? schema.get("items") : document.json().objectNode();
        String element = schema.has("items") ? samples.of(items, slot.name()).toString() : "1";
        StringBuilder list = new StringBuilder("[").append(element);
        for (int i = 1; i < size; i++) {
            // What has to be different within a list, such as names, is made so.
            list.append(',').append(element.replaceAll("\"(n|name)\":\"", "\"$1\":\"%d ".formatted(i)));
        }
        put(slot, list.append(']').toString());
        what = "%s has %d elements like %s".formatted(slot, size, element);
        atLimit = step <= 0;
    }

    private void nested(Slot slot) {
        int levels = Vocabulary.any(List.of(31, 32, 33, 100, 499, 500, 501, 1_001, 50_000), random);
        boolean lists = random.nextBoolean();
        put(slot, (lists ? "[" : "{\"a\":").repeat(levels) + "1" + (lists ? "]" : "}").repeat(levels));
        what = "%s is %d levels deep".formatted(slot, levels);
    }

    private void spelling(Slot slot) {
        JsonNode value = slot.value();
        if (value == null || slot.index() >= 0) {
            put(slot, Vocabulary.any(WordLists.named("json_values"), random));
            return;
        }
        ObjectNode object = (ObjectNode) slot.parent();
        String other = Vocabulary.any(
                List.of(
                        Reading.camelCase(slot.name()),
                        slot.name().toUpperCase(Locale.ROOT),
                        slot.name() + " ",
                        "_" + slot.name()),
                random);
        what = slot + " as " + other + (random.nextBoolean() ? "" : " too");
        object.set(other, value);
        if (!what.endsWith(" too") && !other.equals(slot.name())) {
            object.remove(slot.name());
        }
    }

    private void unknownMember(JsonNode object) {
        String name = Vocabulary.any(
                List.of("\"nonsense\"", "\"\"", "\"__proto__\"", "\"a.b\"", "\"na\\u0000me\"", "\"\\udc00\"", "\"%s\""),
                random);
        what = "with a member " + name;
        raw = name + ":" + Vocabulary.any(WordLists.named("json_values"), random);
        ((ObjectNode) object).set(RAW, JSON.nullNode());
    }

    private JsonNode container(List<Slot> slots, JsonNode body) {
        List<JsonNode> objects = slots.stream()
                .map(Slot::parent)
                .filter(ObjectNode.class::isInstance)
                .distinct()
                .toList();
        return objects.isEmpty() ? body : Vocabulary.any(objects, random);
    }

    private void twice(Slot slot) {
        JsonNode value = slot.value();
        String name = Json.write(slot.name());
        put(slot, value == null || slot.index() >= 0 ? "1" : value + "," + name + ":" + value);
        what = slot + " twice";
    }

    private String text(JsonNode body) {
        return Json.write(body).replace("\"" + RAW + "\":null", raw).replace("\"" + RAW + "\"", raw);
    }
}
