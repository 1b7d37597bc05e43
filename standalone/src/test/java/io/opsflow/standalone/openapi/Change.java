package io.opsflow.standalone.openapi;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is done to each place of each example: its value is left out, is of any type, is around a limit. */
enum Change {
    MISSING(""),
    NULL("null"),
    BOOLEAN("true"),
    NUMBER("7"),
    TEXT("\"x\""),
    LIST("[7]"),
    OBJECT("{\"a\":7}"),
    NO_TEXT("\"\""),
    NO_ELEMENT("[]"),
    LARGEST(nested(1, "\"" + "x".repeat(256 * 1024 - 8) + "\"")),
    TOO_LARGE(nested(1, "\"" + "x".repeat(256 * 1024 - 7) + "\"")),
    DEEPEST(nested(32, "7")),
    TOO_DEEP(nested(33, "7")),
    BELOW_THE_MOST(""),
    AT_THE_MOST(""),
    ABOVE_THE_MOST(""),
    BELOW_THE_LEAST(""),
    AT_THE_LEAST(""),
    ABOVE_THE_LEAST("");

    private static final List<Change> AROUND_THE_MOST = List.of(BELOW_THE_MOST, AT_THE_MOST, ABOVE_THE_MOST);
    private static final List<Change> AROUND_THE_LEAST = List.of(BELOW_THE_LEAST, AT_THE_LEAST, ABOVE_THE_LEAST);

    private static final List<Change> WITHIN_A_FREE_OBJECT = List.of(LARGEST, DEEPEST);
    private static final List<Change> BEYOND_A_FREE_OBJECT = List.of(TOO_LARGE, TOO_DEEP);

    private final String json;

    Change(String json) {
        this.json = json;
    }

    /** What stands there then, where that does not depend on the place. */
    String json() {
        return json;
    }

    private static String nested(int levels, String json) {
        return "{\"a\":".repeat(levels) + json + "}".repeat(levels);
    }

    /** Whether it is as much as any JSON may be, and no more. */
    boolean isMostOfAFreeObject() {
        return WITHIN_A_FREE_OBJECT.contains(this);
    }

    /** Whether it is more, of which the description tells in words only. */
    boolean isTooMuchOfAFreeObject() {
        return BEYOND_A_FREE_OBJECT.contains(this);
    }

    /** -1, 0 or 1: how far from the limit. */
    int step() {
        return AROUND_THE_MOST.contains(this) ? AROUND_THE_MOST.indexOf(this) - 1 : AROUND_THE_LEAST.indexOf(this) - 1;
    }

    boolean isAroundTheLeast() {
        return AROUND_THE_LEAST.contains(this);
    }

    boolean isAroundALimit() {
        return isAroundTheLeast() || AROUND_THE_MOST.contains(this);
    }

    /** All that can be done there. */
    static List<Change> of(Slot slot, ObjectNode schema) {
        return Arrays.stream(values())
                .filter(change -> change != MISSING || slot.value() != null)
                .filter(change -> !change.isAroundTheLeast() || schema.has("minimum"))
                .filter(change ->
                        slot.isFreeObject() || !change.isMostOfAFreeObject() && !change.isTooMuchOfAFreeObject())
                .filter(change -> !AROUND_THE_MOST.contains(change) || hasMost(schema))
                .toList();
    }

    private static boolean hasMost(ObjectNode schema) {
        return schema.has("maximum")
                || schema.has("maxLength")
                || schema.has("maxItems")
                || schema.has("enum")
                || isPath(schema);
    }

    /** A path's parts are counted by its pattern. */
    static boolean isPath(ObjectNode schema) {
        return schema.path("pattern").asString("").contains("{0,31}");
    }
}
