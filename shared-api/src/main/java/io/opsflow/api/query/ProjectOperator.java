package io.opsflow.api.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a project makes of a value. */
public enum ProjectOperator {
    SIZE(FieldKind.NUMBER),
    SUM(FieldKind.NUMBER),
    ARRAY_TO_OBJECT(FieldKind.JSON),
    OBJECT_TO_ARRAY(FieldKind.JSON);

    private final FieldKind result;

    ProjectOperator(FieldKind result) {
        this.result = result;
    }

    static @Nullable ProjectOperator named(String wireName) {
        return Arrays.stream(values())
                .filter(operator -> operator.wireName().equals(wireName))
                .findFirst()
                .orElse(null);
    }

    static String names() {
        return Arrays.stream(values()).map(ProjectOperator::wireName).collect(Collectors.joining(", "));
    }

    FieldKind result() {
        return result;
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
