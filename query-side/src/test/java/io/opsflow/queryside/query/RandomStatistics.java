package io.opsflow.queryside.query;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Statistics queries by chance. */
final class RandomStatistics {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> FORMATS =
            List.of("year", "month", "day", "%Y-%m-%d", "%H:%M:%S.%L", "week %V of %G, day %u", "%j%%");

    private final RandomQueries random;

    RandomStatistics(RandomQueries random) {
        this.random = random;
    }

    ObjectNode query() {
        ObjectNode query = NODES.objectNode();
        if (random.chance(3)) {
            query.set("filter", NODES.arrayNode().add(random.condition()));
        }
        if (random.chance(5)) {
            return query.put("distinct", key());
        }
        ArrayNode stages = query.putArray("aggregate");
        if (random.chance(3)) {
            stages.add(unwind());
        }
        if (random.chance(3)) {
            stages.add(stage("sort", random.sort(List.of("priority", "data.a", "created_at", "data.b.a"))));
            if (random.chance(2)) {
                stages.addObject().put(random.chance(2) ? "limit" : "skip", 3);
            }
            if (random.chance(3)) {
                stages.add(unwind());
            }
        }
        switch (random.oneOf(List.of("group", "group", "group", "count", "project", "none"))) {
            case "group" -> group(stages);
            case "count" -> stages.add(stage("count", NODES.objectNode().put("name", "n")));
            case "project" -> stages.add(project(List.of("name", "files", "created_at", "nope", "data.a", "data.b")));
            default -> stages.addObject().put("skip", 0);
        }
        return query;
    }

    private ObjectNode unwind() {
        ObjectNode unwind = NODES.objectNode()
                .put(
                        "path",
                        random.oneOf(List.of(
                                "data.a", "data.b", "data.a.b", "files", "data.a.0", "data.b.00", "name", "nope")));
        if (random.chance(3)) {
            ObjectNode condition = random.condition();
            if (List.of("eq", "not", "in", "not_in", "contain", "not_contain", "contain_in", "not_contain_in")
                    .contains(condition.get("o").stringValue())) {
                unwind.set("filter", NODES.arrayNode().add(condition));
            }
        }
        return stage("unwind", unwind);
    }

    private void group(ArrayNode stages) {
        ObjectNode group = NODES.objectNode();
        ArrayNode keys = group.putArray("keys");
        List<String> names = new ArrayList<>();
        if (random.chance(2)) {
            keys.addObject().put("k", key()).put("n", "x");
            names.add("x");
        }
        if (random.chance(3)) {
            keys.addObject()
                    .put("k", random.oneOf(List.of("created_at", "completed_at")))
                    .put("n", "time")
                    .put("date_format", random.oneOf(FORMATS));
            names.add("time");
        }
        ArrayNode fields = group.putArray("fields");
        for (String operator : List.of(
                "count", "sum", "average", "max", "min", "first", "last", "push", "add_to_set", "merge_objects")) {
            if (!random.chance(3)) {
                continue;
            }
            ObjectNode field = fields.addObject().put("n", operator).put("o", operator);
            names.add(operator);
            if (operator.equals("push") && random.chance(3)) {
                field.putArray("fields")
                        .add(NODES.objectNode().put("k", key()).put("n", "k"))
                        .add(NODES.objectNode().put("k", key()).put("n", "v"))
                        .add(NODES.objectNode().put("k", "started_at").put("n", "at"));
            } else {
                field.put("k", key());
            }
            if (List.of("count", "sum", "average").contains(operator) && random.chance(2)) {
                field.set("conditions", NODES.arrayNode().add(random.comparison()));
            }
        }
        stages.add(stage("group", group));
        if (!names.isEmpty() && random.chance(3)) {
            stages.add(project(names));
        }
    }

    private ObjectNode project(List<String> names) {
        ObjectNode project = NODES.objectNode();
        ArrayNode fields = project.putArray("fields");
        for (String name : names) {
            ObjectNode field = fields.addObject().put("k", name).put("n", "p_" + name);
            if (random.chance(2)) {
                field.put("o", random.oneOf(List.of("size", "sum", "array_to_object", "object_to_array")));
            }
        }
        project.put("exclude_keys", random.chance(2));
        return stage("project", project);
    }

    private String key() {
        return random.oneOf(List.of(
                "priority",
                "assignee",
                "created_at",
                "started_at",
                "files",
                "data",
                "data.a",
                "data.b",
                "data.a.b",
                "data.b.0",
                "data.a.00",
                random.path(),
                "nope"));
    }

    private static ObjectNode stage(String name, tools.jackson.databind.JsonNode content) {
        ObjectNode stage = NODES.objectNode();
        stage.set(name, content);
        return stage;
    }
}
