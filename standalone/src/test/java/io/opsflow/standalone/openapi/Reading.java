package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whether the description allows a body, read with all the leniency that it promises in its introduction. */
final class Reading {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long LARGEST = 1L << 60;

    private static final Pattern AFTER_THE_FIRST = Pattern.compile("(?<=.)_([a-z])");

    private final ApiDocument document;
    private final boolean trimmed;

    private Reading(ApiDocument document, boolean trimmed) {
        this.document = document;
        this.trimmed = trimmed;
    }

    /** As it stands, or without what counts as not given, with or without the blanks around texts. */
    static boolean allows(Operation operation, String body) {
        JsonNode sent;
        try {
            sent = withSmallNumbers(Json.mapper().readTree(body));
        } catch (JacksonException | NumberFormatException e) {
            return false;
        }
        JsonNode schema = operation.requestSchema();
        ApiDocument document = operation.document();
        return Stream.of(
                        sent,
                        new Reading(document, false).read(schema, sent),
                        new Reading(document, true).read(schema, sent))
                .anyMatch(read ->
                        document.problems(operation.requestPointer(), read).isEmpty());
    }

    /** The validator fails on numbers that no long holds; to all limits there are, one is as good as another. */
    private static JsonNode withSmallNumbers(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                object.propertyNames().forEach(name -> object.replace(name, withSmallNumbers(object.get(name))));
                yield object;
            }
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, withSmallNumbers(list.get(i)));
                }
                yield list;
            }
            default -> isHuge(node) ? JSON.numberNode(node.decimalValue().signum() * LARGEST) : node;
        };
    }

    private static boolean isHuge(JsonNode node) {
        return node.isNumber() && node.decimalValue().abs().compareTo(BigDecimal.valueOf(LARGEST)) > 0;
    }

    private JsonNode read(JsonNode schema, JsonNode value) {
        ObjectNode resolved = document.resolved(schema);
        if (value instanceof ObjectNode object && resolved.has("properties")) {
            return object(resolved.get("properties"), object, resolved.has("maxProperties"));
        }
        if (value instanceof ArrayNode list && resolved.has("items")) {
            ArrayNode read = JSON.arrayNode();
            list.forEach(element -> read.add(read(resolved.get("items"), element)));
            return read;
        }
        return scalar(resolved, value);
    }

    private ObjectNode object(JsonNode properties, ObjectNode object, boolean isStage) {
        ObjectNode read = JSON.objectNode();
        boolean isGivenStage = isStage && object.valueStream().anyMatch(value -> !Members.isNotGiven(value));
        object.forEachEntry((sent, value) -> {
            String name = properties.propertyNames().stream()
                    .filter(known -> camelCase(known).equals(sent) && !object.has(known))
                    .findFirst()
                    .orElse(sent);
            if (isGivenStage && properties.has(name) && Members.isNotGiven(value)) {
                return; // beside the one that is given
            }
            if (!properties.has(name) || isFree(document.resolved(properties.get(name)))) {
                read.set(name, value);
            } else if (!Members.isNotGiven(value) || countsFromZero(document.resolved(properties.get(name)), value)) {
                read.set(name, read(properties.get(name), value));
            } else if (!value.isNull() && isStage) {
                read.set(name, JSON.arrayNode()); // a sort by nothing
            }
        });
        return read;
    }

    /** Where 0 is a number like others: of rows to skip, of a version. */
    private static boolean countsFromZero(ObjectNode schema, JsonNode value) {
        return value.isNumber()
                && schema.path("type").asString("").equals("integer")
                && schema.path("minimum").asInt(1) == 0;
    }

    /** The value of a condition: anything counts there as it stands. */
    private static boolean isFree(ObjectNode schema) {
        return !schema.has("type") && !schema.has("enum") && !schema.has("anyOf");
    }

    private JsonNode scalar(ObjectNode schema, JsonNode value) {
        if (!value.isString()) {
            return value;
        }
        boolean isCount = schema.path("type").asString("").equals("integer");
        if (isCount && value.stringValue().matches("[0-9]{1,18}")) {
            return JSON.numberNode(Long.parseLong(value.stringValue()));
        }
        return trimmed ? JSON.stringNode(value.stringValue().strip()) : value;
    }

    static String camelCase(String name) {
        return AFTER_THE_FIRST
                .matcher(name)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
