package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The value of a condition, read as its operator wants it: the wrong kind is refused in the operator's name. */
record ConditionValue(String operator, FieldRef field, JsonNode node, String place) {

    private static final int MAX_VALUES = 10_000;

    /** Anything but a list; on a time an ISO text or null. */
    JsonNode single() {
        if (node.isArray()) {
            throw ApiException.operatorRefusesType(operator, "list", place);
        }
        return timeWhereTimesAre(node, place);
    }

    List<JsonNode> list() {
        return elements(this::timeWhereTimesAre);
    }

    boolean flag() {
        if (!node.isBoolean()) {
            throw ApiException.operatorNeedsBoolean(operator, place);
        }
        return node.booleanValue();
    }

    ObjectNode object() {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.operatorNeedsDictionary(operator, place);
        }
        return object;
    }

    String text() {
        return text(node, place);
    }

    List<String> texts() {
        return elements(this::text);
    }

    Regex pattern() {
        return pattern(node, place);
    }

    List<Regex> patterns() {
        return elements(this::pattern);
    }

    /** On a field of times only. */
    JsonNode time() {
        demandTimes();
        IsoTime.parse(text(), place);
        return node;
    }

    /** On a field of times only. */
    RelativeTime relativeTime() {
        demandTimes();
        return RelativeTime.parse(text(), place);
    }

    private void demandTimes() {
        if (field.kind() != FieldKind.TIME) {
            throw ApiException.invalid(place, "'%s' takes timestamp fields only".formatted(operator));
        }
    }

    private JsonNode timeWhereTimesAre(JsonNode value, String at) {
        if (field.kind() == FieldKind.TIME && !value.isNull()) {
            IsoTime.parse(text(value, at), at);
        }
        return value;
    }

    private Regex pattern(JsonNode value, String at) {
        return Regex.parse(text(value, at), at);
    }

    private String text(JsonNode value, String at) {
        if (!value.isString()) {
            throw ApiException.operatorRefusesType(operator, typeOf(value), at);
        }
        return value.stringValue();
    }

    private <T> List<T> elements(BiFunction<JsonNode, String, T> reader) {
        if (!node.isArray()) {
            throw ApiException.operatorNeedsList(operator, place);
        }
        if (node.size() > MAX_VALUES) {
            throw ApiException.invalid(place, "at most %,d values".formatted(MAX_VALUES));
        }
        List<T> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(reader.apply(node.get(i), "%s[%d]".formatted(place, i)));
        }
        return List.copyOf(elements);
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "list";
            case OBJECT -> "dictionary";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case NULL -> "null";
            default -> "string";
        };
    }
}
