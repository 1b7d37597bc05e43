package io.opsflow.queryside.query;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks and requests by chance, of few words, so that they often meet. */
final class RandomQueries {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of(
            "a",
            "B",
            "ab",
            "Disk",
            "disk full",
            "ÜBER",
            "über",
            "Σ",
            "ς",
            "ß",
            "ss",
            "İ",
            "i",
            "50%",
            "a_b",
            "a\\b",
            "\"q\"",
            "한",
            "10",
            "9",
            "😀",
            "\uFFFD");
    private static final List<String> MEMBERS = List.of("a", "b", "0", "1", "-1", "00", "k\"ey", "한");
    private static final List<String> TEXTS =
            List.of("name", "status_id", "priority", "description", "assignee", "task_id");
    private static final List<String> TIMES = List.of("created_at", "started_at", "completed_at");
    private static final List<String> ISO_TIMES = List.of(
            "2025-01-01",
            "2024-12-31T23:59:59.999Z",
            "2025-01-01T00:00:00.0009+00:00",
            "2025-W01-3",
            "2025-001",
            "20250101T000000Z",
            "2025",
            "2025-01",
            "2025-01-02T12:30:00+09:00");
    private static final List<String> PATTERNS = List.of(
            "^a",
            "k$",
            "a|B",
            "\\bdisk\\b",
            "[^a]",
            "d.s",
            "(?=a)",
            "^(?!a)",
            "\\d{2}",
            "\\w",
            "\\W",
            "[A-C]",
            "s+?",
            "");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    ArrayNode tasks(int count) {
        ArrayNode tasks = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            tasks.add(task(i));
        }
        return tasks;
    }

    private ObjectNode task(int number) {
        ObjectNode task = NODES.objectNode();
        task.put("task_id", "task-%012x".formatted(number));
        task.put("name", word());
        task.put("status_id", "status-" + random.nextInt(3));
        task.put("status_type", oneOf(List.of("TODO", "IN_PROGRESS", "COMPLETED")));
        task.put("priority", oneOf(List.of("HIGH", "MEDIUM", "LOW")));
        putSometimes(task, "description", this::word);
        task.set("data", data());
        task.set("files", list(() -> NODES.stringNode("file-" + random.nextInt(3)), 2));
        putSometimes(task, "assignee", this::word);
        task.put("created_by", "kim");
        task.put("domain_id", ReadModelDatabase.DOMAIN);
        task.put("workspace_id", ReadModelDatabase.WORKSPACE);
        task.put("project_id", "project-" + random.nextInt(3));
        task.put("category_id", "category-" + random.nextInt(2));
        task.put("task_type_id", "task-type-" + random.nextInt(2));
        task.put("created_at", time());
        putSometimes(task, "started_at", this::time);
        task.put("updated_at", time());
        putSometimes(task, "completed_at", this::time);
        return task;
    }

    private void putSometimes(ObjectNode task, String name, Supplier<String> value) {
        if (random.nextBoolean()) {
            task.put(name, value.get());
        }
    }

    private String time() {
        return oneOf(List.of(
                "2024-12-31T23:59:59.999Z",
                "2025-01-01T00:00:00.000Z",
                "2025-01-02T03:30:00.000Z",
                "2025-02-10T10:20:30.456Z"));
    }

    private JsonNode data() {
        ObjectNode data = NODES.objectNode();
        for (String member : List.of("a", "b", "한")) {
            if (random.nextInt(4) > 0) {
                data.set(member, value(3));
            }
        }
        return data;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2, 3 -> scalarNumber();
            case 4 -> NODES.stringNode(random.nextInt(8) == 0 ? "" : word());
            case 5, 6 -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    object.set(oneOf(MEMBERS), value(depth - 1));
                }
                yield object;
            }
            default -> list(() -> value(depth - 1), 3);
        };
    }

    private ArrayNode list(Supplier<JsonNode> element, int most) {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private JsonNode scalarNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> NODES.numberNode(new java.math.BigDecimal("1.0"));
            case 1 -> NODES.numberNode(new java.math.BigDecimal("2.5"));
            case 2 -> NODES.numberNode(-3);
            default -> NODES.numberNode(random.nextInt(3));
        };
    }

    /** A list that is right. */
    ObjectNode listQuery() {
        ObjectNode query = NODES.objectNode();
        query.set("filter", list(this::condition, 2));
        query.set("filter_or", list(this::condition, 2));
        if (random.nextInt(4) == 0) {
            query.put("keyword", word());
        }
        if (random.nextBoolean()) {
            query.set(
                    "sort",
                    sort(List.of(
                            "priority", "name", "assignee", "started_at", "data.a", "data.a.b", "data.b.0", "nope")));
        }
        if (random.nextBoolean()) {
            query.set(
                    "page",
                    NODES.objectNode().put("start", 1 + random.nextInt(5)).put("limit", 1 + random.nextInt(10)));
        }
        return query;
    }

    ArrayNode sort(List<String> keys) {
        ArrayNode sort = NODES.arrayNode();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            sort.add(NODES.objectNode().put("key", oneOf(keys)).put("desc", random.nextBoolean()));
        }
        return sort;
    }

    ObjectNode condition() {
        return switch (random.nextInt(4)) {
            case 0 -> onText();
            case 1 -> onTime();
            default -> onAny(random.nextInt(8) == 0 ? "files" : path());
        };
    }

    String path() {
        StringBuilder path = new StringBuilder("data");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            path.append('.').append(random.nextBoolean() ? oneOf(List.of("a", "b")) : oneOf(MEMBERS));
        }
        return path.toString();
    }

    private ObjectNode onText() {
        return onAny(oneOf(TEXTS));
    }

    private ObjectNode onTime() {
        String key = oneOf(TIMES);
        String operator = oneOf(List.of(
                "eq",
                "not",
                "gt",
                "gte",
                "lt",
                "lte",
                "in",
                "not_in",
                "exists",
                "datetime_gt",
                "datetime_gte",
                "datetime_lt",
                "datetime_lte",
                "timediff_gt",
                "timediff_lte",
                "contain",
                "regex"));
        JsonNode time = NODES.stringNode(oneOf(ISO_TIMES));
        JsonNode timeOrNull = random.nextInt(5) == 0 ? NODES.nullNode() : time;
        return condition(
                key,
                operator,
                switch (operator) {
                    case "in", "not_in" -> NODES.arrayNode().add(time).add(timeOrNull);
                    case "exists" -> NODES.booleanNode(random.nextBoolean());
                    case "contain", "regex" -> NODES.stringNode("2");
                    case "timediff_gt", "timediff_lte" ->
                        NODES.stringNode(oneOf(List.of("now", "now/d - 1d", "now/w+1h", "now/m-9w", "now - 30s")));
                    default -> operator.startsWith("datetime") ? time : timeOrNull;
                });
    }

    private ObjectNode onAny(String key) {
        String operator = oneOf(List.of(
                "eq",
                "not",
                "gt",
                "gte",
                "lt",
                "lte",
                "in",
                "not_in",
                "exists",
                "contain",
                "not_contain",
                "contain_in",
                "not_contain_in",
                "match",
                "regex",
                "regex_in"));
        return condition(
                key,
                operator,
                switch (operator) {
                    case "in", "not_in" -> list(() -> value(2), 3);
                    case "exists" -> NODES.booleanNode(random.nextBoolean());
                    case "contain", "not_contain" -> NODES.stringNode(word());
                    case "contain_in", "not_contain_in" -> list(() -> NODES.stringNode(word()), 3);
                    case "match" -> {
                        ObjectNode members = NODES.objectNode();
                        if (random.nextInt(4) > 0) {
                            members.set(oneOf(MEMBERS), value(1));
                        }
                        yield members;
                    }
                    case "regex" -> NODES.stringNode(oneOf(PATTERNS));
                    case "regex_in" -> list(() -> NODES.stringNode(oneOf(PATTERNS)), 2);
                    default -> single();
                });
    }

    private JsonNode single() {
        JsonNode value = value(2);
        return value.isArray() ? NODES.stringNode(word()) : value;
    }

    private static ObjectNode condition(String key, String operator, JsonNode value) {
        ObjectNode condition = NODES.objectNode().put("k", key).put("o", operator);
        condition.set("v", value);
        return condition;
    }

    /** Comparing alone, as the conditions of a group's field take them. */
    ObjectNode comparison() {
        return condition(
                random.nextBoolean() ? oneOf(TEXTS) : path(),
                oneOf(List.of("eq", "not", "gt", "gte", "lt", "lte")),
                single());
    }

    String word() {
        return oneOf(WORDS);
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The same with something in it changed, moved or lost. */
    JsonNode mutated(JsonNode node) {
        if (random.nextInt(6) == 0) {
            return junk();
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = NODES.objectNode();
                object.properties().forEach(member -> {
                    if (random.nextInt(20) > 0) {
                        copy.set(
                                random.nextInt(20) == 0
                                        ? oneOf(List.of("k", "key", "v", "value", "limit", "path", "group", "n", "o"))
                                        : member.getKey(),
                                random.nextInt(4) == 0 ? mutated(member.getValue()) : member.getValue());
                    }
                });
                yield copy;
            }
            case ArrayNode list -> {
                ArrayNode copy = NODES.arrayNode();
                list.forEach(element -> copy.add(random.nextInt(3) == 0 ? mutated(element) : element));
                yield copy;
            }
            default -> random.nextBoolean() ? junk() : node;
        };
    }

    private JsonNode junk() {
        return switch (random.nextInt(10)) {
            case 0 ->
                NODES.stringNode(oneOf(List.of(
                        "data..a",
                        "data." + "a.".repeat(40),
                        "$where",
                        "'; drop table task; --",
                        "{0}",
                        "?",
                        "(((",
                        "a{300}",
                        "(a{255}){255}",
                        "now-99999999999999999999d",
                        "9999-12-31T23:59:59-23:00",
                        "0000-01-01",
                        "%q",
                        "***=a",
                        "\\u0000x",
                        "infinity")));
            case 1 ->
                NODES.numberNode(new java.math.BigDecimal(oneOf(List.of(
                        "1e308", "-1e308", "1e-300", "0", "-1", "1.5", "9007199254740993", "18446744073709551616"))));
            case 2 -> NODES.nullNode();
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.objectNode();
            case 5 -> NODES.arrayNode();
            case 6 -> condition();
            case 7 -> list(this::condition, 3);
            default -> value(3);
        };
    }
}
