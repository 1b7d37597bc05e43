package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values that a schema allows, mostly: texts that mean something to the query language are made to mean it. */
final class Samples {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double OPTIONAL = 0.25;
    private static final List<String> TIMES = List.of("created_at", "updated_at", "started_at", "completed_at");

    private final Operation operation;
    private final ApiDocument document;
    private final Vocabulary vocabulary;
    private final Random random;

    Samples(Operation operation, Vocabulary vocabulary, Random random) {
        this.operation = operation;
        this.document = operation.document();
        this.vocabulary = vocabulary;
        this.random = random;
    }

    /** @param member under whose name the value will stand */
    JsonNode of(JsonNode schema, String member) {
        String name = schema.path("$ref").asString("").replaceFirst(".*/", "");
        return switch (name) {
            case "Path" -> JSON.stringNode(Vocabulary.path(random));
            case "Moment" -> JSON.stringNode(Vocabulary.moment(random));
            case "FreeObject" -> free();
            case "Condition", "UnwindCondition", "GroupCondition" -> condition(document.resolved(schema));
            case "Parameter" -> parameter(member);
            case "Stage" -> stage(document.resolved(schema));
            default -> byType(document.resolved(schema), member);
        };
    }

    private JsonNode byType(ObjectNode schema, String member) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.has("anyOf") && !schema.has("properties")) {
            return of(schema.get("anyOf").get(random.nextInt(schema.get("anyOf").size())), member);
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema);
            case "array" -> list(schema, member);
            case "integer" -> JSON.numberNode(schema.path("minimum").asInt(0) + random.nextInt(3));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> text(member);
            default -> Vocabulary.json(random, 2);
        };
    }

    private JsonNode text(String member) {
        String id = vocabulary.id(operation, member, random);
        if (id != null) {
            return JSON.stringNode(id);
        }
        return JSON.stringNode(member.equals("date_format") ? Vocabulary.dateFormat(random) : Vocabulary.word(random));
    }

    private JsonNode list(ObjectNode schema, String member) {
        ArrayNode list = JSON.arrayNode();
        int size = schema.path("minItems").asInt(0) + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            list.add(of(schema.get("items"), member));
        }
        return list;
    }

    private ObjectNode object(ObjectNode schema) {
        ObjectNode object = JSON.objectNode();
        if (!schema.has("properties")) {
            return free();
        }
        List<String> needed = needed(schema);
        List<String> either = either(schema);
        schema.get("properties").forEachEntry((name, value) -> {
            if (needed.contains(name) || (!either.contains(name) && random.nextDouble() < OPTIONAL)) {
                object.set(name, of(value, name));
            }
        });
        return object;
    }

    /** What is required, and one of what is required alternatively. */
    private List<String> needed(ObjectNode schema) {
        List<String> needed = new ArrayList<>();
        schema.path("required").forEach(name -> needed.add(name.stringValue()));
        for (JsonNode choice : choices(schema)) {
            choice.get(random.nextInt(choice.size())).path("required").forEach(name -> needed.add(name.stringValue()));
        }
        return needed;
    }

    private List<String> either(ObjectNode schema) {
        List<String> names = new ArrayList<>();
        for (JsonNode choice : choices(schema)) {
            choice.forEach(one -> one.path("required").forEach(name -> names.add(name.stringValue())));
        }
        return names;
    }

    /** Lists of what is required alternatively, one of each. */
    static List<JsonNode> choices(ObjectNode schema) {
        List<JsonNode> choices = new ArrayList<>();
        schema.path("allOf").forEach(part -> choices.add(part.path("oneOf")));
        choices.add(schema.path("oneOf"));
        choices.add(schema.path("anyOf"));
        return choices.stream().filter(choice -> !choice.isEmpty()).toList();
    }

    private ObjectNode stage(ObjectNode schema) {
        List<String> stages = List.copyOf(schema.get("properties").propertyNames());
        String stage = Vocabulary.any(stages, random);
        return JSON.objectNode().set(stage, of(schema.get("properties").get(stage), stage));
    }

    private ObjectNode condition(ObjectNode schema) {
        JsonNode operators = schema.at("/properties/o/enum");
        String operator = operators.get(random.nextInt(operators.size())).stringValue();
        boolean ofTime = operator.startsWith("datetime") || operator.startsWith("timediff");
        String path = ofTime && random.nextInt(8) > 0 ? Vocabulary.any(TIMES, random) : Vocabulary.path(random);
        ObjectNode condition = JSON.objectNode();
        condition.put(random.nextBoolean() ? "k" : "key", path);
        condition.set(random.nextBoolean() ? "v" : "value", operand(operator, path));
        condition.put(random.nextBoolean() ? "o" : "operator", operator);
        return condition;
    }

    private JsonNode operand(String operator, String path) {
        if (random.nextInt(10) == 0) {
            return Vocabulary.json(random, 2);
        }
        return switch (operator) {
            case "exists" -> JSON.booleanNode(random.nextBoolean());
            case "match" -> free();
            case "contain", "not_contain" -> JSON.stringNode(Vocabulary.word(random));
            case "regex" -> JSON.stringNode(Vocabulary.pattern(random));
            case "regex_in" -> JSON.arrayNode().add(Vocabulary.pattern(random)).add(Vocabulary.pattern(random));
            case "contain_in", "not_contain_in" -> JSON.arrayNode().add(Vocabulary.word(random));
            case "in", "not_in" -> JSON.arrayNode().add(scalar(path)).add(scalar(path));
            default ->
                operator.startsWith("timediff")
                        ? JSON.stringNode(Vocabulary.offset(random))
                        : operator.startsWith("datetime") ? JSON.stringNode(Vocabulary.moment(random)) : scalar(path);
        };
    }

    private JsonNode scalar(String path) {
        if (path.endsWith("_at")) {
            return JSON.stringNode(Vocabulary.moment(random));
        }
        return random.nextInt(3) == 0 ? Vocabulary.json(random, 2) : Vocabulary.json(random, 0);
    }

    private JsonNode parameter(String member) {
        JsonNode one = text(member);
        return random.nextInt(3) == 0 ? JSON.arrayNode().add(one).add(text(member)) : one;
    }

    private ObjectNode free() {
        ObjectNode object = JSON.objectNode();
        for (String name : List.of("node", "cost", "tags", "steps", "a", "team")) {
            if (random.nextInt(3) == 0) {
                object.set(name, Vocabulary.json(random, 3));
            }
        }
        return object;
    }
}
