package io.opsflow.api.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a group's field makes of the values of its rows. */
public enum Accumulator {
    COUNT,
    SUM,
    AVERAGE,
    MAX,
    MIN,
    FIRST,
    LAST,
    PUSH,
    ADD_TO_SET,
    MERGE_OBJECTS;

    static @Nullable Accumulator named(String wireName) {
        return Arrays.stream(values())
                .filter(accumulator -> accumulator.wireName().equals(wireName))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return Arrays.stream(values()).map(Accumulator::wireName).collect(Collectors.joining(", "));
    }

    boolean takesConditions() {
        return this == COUNT || this == SUM || this == AVERAGE;
    }

    /** What comes of values of this kind. */
    FieldKind resultOf(FieldKind source) {
        return switch (this) {
            case COUNT, SUM, AVERAGE -> FieldKind.NUMBER;
            case MAX, MIN, FIRST, LAST -> source == FieldKind.NONE ? FieldKind.JSON : source;
            case PUSH, ADD_TO_SET, MERGE_OBJECTS -> FieldKind.JSON;
        };
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
