package io.opsflow.queryside.query;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The query language once more, over objects in memory and written from the contract alone, for comparison. It takes
 * requests that are right and rows whose unset members are absent.
 */
final class Naive {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TIMES = Set.of("created_at", "started_at", "updated_at", "completed_at");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*");

    private final List<ObjectNode> rows;

    Naive(ArrayNode tasks) {
        this.rows =
                tasks.valueStream().map(task -> (ObjectNode) task.deepCopy()).toList();
        rows.stream().filter(row -> row.get("files").isEmpty()).forEach(row -> row.remove("files"));
    }

    // ------------------------------------------------------------------ list

    List<ObjectNode> passing(JsonNode query) {
        return rows.stream().filter(row -> passes(row, query)).toList();
    }

    private static boolean passes(ObjectNode row, JsonNode query) {
        List<JsonNode> any = query.path("filter_or").valueStream().toList();
        String keyword = query.path("keyword").asString("").strip();
        boolean alternatives = any.isEmpty() && keyword.isEmpty()
                || any.stream().anyMatch(condition -> holds(row, condition, true))
                || !keyword.isEmpty()
                        && Stream.of(keyword.split(" +"))
                                .anyMatch(word -> Stream.of("task_id", "name")
                                        .anyMatch(key -> folded(row.get(key).stringValue())
                                                .contains(folded(word))));
        return alternatives && query.path("filter").valueStream().allMatch(condition -> holds(row, condition, true));
    }

    List<String> list(JsonNode query) {
        List<ObjectNode> sorted = new ArrayList<>(passing(query));
        JsonNode sort = query.path("sort");
        Comparator<ObjectNode> order = sort.isEmpty()
                ? Comparator.comparing((ObjectNode row) -> row.get("created_at").stringValue())
                        .reversed()
                : order(sort);
        sorted.sort(order.thenComparing(row -> row.get("task_id").stringValue()));
        int start = Math.max(query.path("page").path("start").asInt(1), 1);
        int limit = query.path("page").path("limit").asInt(10_000);
        return sorted.stream()
                .skip(start - 1L)
                .limit(limit)
                .map(row -> row.get("task_id").stringValue())
                .toList();
    }

    // ------------------------------------------------------------------ conditions

    private static boolean holds(ObjectNode row, JsonNode condition, boolean ignoringCase) {
        String key = condition.get("k").stringValue();
        String operator = condition.get("o").stringValue();
        JsonNode value = condition.get("v");
        if (operator.startsWith("not_")) {
            return !holds(row, key, operator.substring(4), value, ignoringCase);
        }
        return operator.equals("not")
                ? !holds(row, key, "eq", value, ignoringCase)
                : holds(row, key, operator, value, ignoringCase);
    }

    private static boolean holds(ObjectNode row, String key, String operator, JsonNode value, boolean ignoringCase) {
        boolean text = !key.startsWith("data") && !key.equals("files");
        boolean time = TIMES.contains(key);
        List<JsonNode> found = found(row, key);
        List<JsonNode> opened = found.stream()
                .flatMap(v -> v.isArray() ? v.valueStream() : Stream.of(v))
                .toList();
        return switch (operator) {
            case "eq" -> equal(found, opened, value, text, time);
            case "in" -> value.valueStream().anyMatch(v -> equal(found, opened, v, text, time));
            case "gt", "gte", "lt", "lte" -> opened.stream().anyMatch(v -> compares(v, operator, value, time));
            case "datetime_gt", "datetime_gte", "datetime_lt", "datetime_lte" ->
                opened.stream().anyMatch(v -> compares(v, operator.substring(9), value, true));
            case "timediff_gt", "timediff_lte" ->
                // All rows are older than anything that is counted from now here.
                operator.endsWith("lte") && !opened.isEmpty();
            case "exists" -> value.booleanValue() == !found.isEmpty();
            case "contain" -> !time && contains(opened, value, ignoringCase);
            case "contain_in" -> !time && value.valueStream().anyMatch(v -> contains(opened, v, ignoringCase));
            case "regex" -> !time && matches(opened, value);
            case "regex_in" -> !time && value.valueStream().anyMatch(v -> matches(opened, v));
            case "match" ->
                found.stream()
                        .filter(JsonNode::isArray)
                        .flatMap(JsonNode::valueStream)
                        .filter(JsonNode::isObject)
                        .anyMatch(element -> value.properties().stream()
                                .allMatch(member -> element.has(member.getKey())
                                        && same(element.get(member.getKey()), member.getValue())));
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean equal(
            List<JsonNode> found, List<JsonNode> opened, JsonNode value, boolean text, boolean time) {
        if (value.isNull()) {
            return found.isEmpty() || opened.stream().anyMatch(JsonNode::isNull);
        }
        if (time) {
            return found.stream().anyMatch(v -> instant(v).equals(instant(value)));
        }
        if (text && value.isString() && value.stringValue().isEmpty()) {
            return found.isEmpty();
        }
        return opened.stream().anyMatch(v -> same(v, value))
                || value.isArray() && found.stream().anyMatch(v -> same(v, value));
    }

    private static boolean compares(JsonNode v, String operator, JsonNode value, boolean time) {
        int order;
        if (time) {
            if (value.isNull()) {
                return false;
            }
            order = instant(v).compareTo(instant(value));
        } else if (v.isNumber() && value.isNumber()) {
            order = v.decimalValue().compareTo(value.decimalValue());
        } else if (v.isString() && value.isString()) {
            order = byCodePoint(v.stringValue(), value.stringValue());
        } else {
            return false;
        }
        return switch (operator) {
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            default -> order <= 0;
        };
    }

    private static boolean contains(List<JsonNode> opened, JsonNode part, boolean ignoringCase) {
        return opened.stream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .anyMatch(text -> ignoringCase
                        ? folded(text).contains(folded(part.stringValue()))
                        : text.contains(part.stringValue()));
    }

    private static boolean matches(List<JsonNode> opened, JsonNode pattern) {
        Pattern regex = Pattern.compile(
                pattern.stringValue(),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS | Pattern.DOTALL);
        return opened.stream()
                .filter(JsonNode::isString)
                .anyMatch(text -> regex.matcher(text.stringValue()).find());
    }

    private static String folded(String text) {
        return text.codePoints()
                .map(c -> c == 'İ' ? c : Character.toLowerCase(Character.toUpperCase(c)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Instant instant(JsonNode time) {
        return switch (time.stringValue()) {
            case "2025-01-01", "2025-001", "20250101T000000Z", "2025", "2025-01", "2025-01-01T00:00:00.0009+00:00" ->
                Instant.parse("2025-01-01T00:00:00Z");
            case "2025-W01-3" -> Instant.parse("2025-01-01T00:00:00Z");
            case "2025-01-02T12:30:00+09:00" -> Instant.parse("2025-01-02T03:30:00Z");
            default -> Instant.parse(time.stringValue());
        };
    }

    // ------------------------------------------------------------------ values

    private static List<JsonNode> found(JsonNode row, String key) {
        List<JsonNode> found = List.of(row);
        for (String part : key.split("\\.")) {
            found = found.stream().flatMap(v -> step(v, part)).toList();
        }
        return found;
    }

    private static Stream<JsonNode> step(JsonNode v, String part) {
        if (v.isObject()) {
            return Stream.ofNullable(v.get(part));
        }
        if (!v.isArray()) {
            return Stream.of();
        }
        return INDEX.matcher(part).matches()
                ? Stream.ofNullable(v.get(Integer.parseInt(part)))
                : v.valueStream().filter(JsonNode::isObject).flatMap(element -> Stream.ofNullable(element.get(part)));
    }

    /** What a group or a sort reads: null where it is unset. */
    private static @Nullable JsonNode value(JsonNode row, List<String> parts) {
        if (parts.isEmpty()) {
            return row;
        }
        String part = parts.getFirst();
        List<String> rest = parts.subList(1, parts.size());
        JsonNode next;
        if (row.isArray() && !INDEX.matcher(part).matches()) {
            ArrayNode list = NODES.arrayNode();
            row.valueStream().filter(JsonNode::isObject).forEach(element -> {
                JsonNode found = value(element, parts);
                if (found != null) {
                    list.add(found);
                }
            });
            return list;
        }
        next = row.isArray() ? row.get(Integer.parseInt(part)) : row.isObject() ? row.get(part) : null;
        return next == null ? null : value(next, rest);
    }

    private static @Nullable JsonNode value(JsonNode row, String key) {
        List<String> parts = List.of(key.split("\\."));
        return parts.size() > 1 && TIMES.contains(parts.getFirst()) ? null : value(row, parts);
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return canonical(one).equals(canonical(other));
    }

    /** Equal texts for what is equal: 1 and 1.0, members in any order. */
    static String canonical(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, String> members = new java.util.TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
                yield "{" + members + "}";
            }
            case ARRAY -> node.valueStream().map(Naive::canonical).toList().toString();
            case NUMBER -> {
                BigDecimal rounded = node.decimalValue().round(new MathContext(9));
                yield "#"
                        + (rounded.signum() == 0
                                ? "0"
                                : rounded.stripTrailingZeros().toPlainString());
            }
            case STRING -> "\"" + node.stringValue() + "\"";
            default -> node.toString();
        };
    }

    // ------------------------------------------------------------------ order

    private static Comparator<ObjectNode> order(JsonNode sort) {
        Map<String, Comparator<ObjectNode>> keys = new LinkedHashMap<>();
        sort.forEach(key -> {
            String name = key.get("key").stringValue();
            Comparator<ObjectNode> ascending = (a, b) -> compare(value(a, name), value(b, name));
            keys.putIfAbsent(name, key.path("desc").asBoolean(false) ? ascending.reversed() : ascending);
        });
        return keys.values().stream().reduce((a, b) -> 0, Comparator::thenComparing);
    }

    static int compare(@Nullable JsonNode a, @Nullable JsonNode b) {
        int byRank = Integer.compare(rank(a), rank(b));
        if (byRank != 0 || a == null || b == null) {
            return byRank;
        }
        if (a.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.isString() ? byCodePoint(a.stringValue(), b.stringValue()) : 0;
    }

    private static int rank(@Nullable JsonNode v) {
        if (v == null || v.isNull()) {
            return 0;
        }
        return v.isNumber() ? 1 : v.isString() ? 2 : v.isContainer() ? 3 : v.booleanValue() ? 5 : 4;
    }

    private static int byCodePoint(String a, String b) {
        return java.util.Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    // ------------------------------------------------------------------ stat

    /** The results; in order only where {@code distinct} is asked for. */
    List<JsonNode> stat(JsonNode query) {
        List<ObjectNode> current = new ArrayList<>(passing(query));
        if (query.has("distinct")) {
            Map<String, JsonNode> values = new LinkedHashMap<>();
            String key = query.get("distinct").stringValue();
            current.stream()
                    .flatMap(row -> found(row, key).stream())
                    .flatMap(v -> v.isArray() ? v.valueStream() : Stream.of(v))
                    .filter(v -> !v.isNull())
                    .forEach(v -> values.putIfAbsent(canonical(v), v));
            return values.values().stream().sorted(Naive::compare).toList();
        }
        List<String> groupKeys = List.of();
        for (JsonNode stage : query.get("aggregate")) {
            String name = stage.propertyNames().iterator().next();
            JsonNode content = stage.get(name);
            switch (name) {
                case "unwind" -> current = unwound(current, content);
                case "sort" ->
                    current.sort(order(content)
                            .thenComparing(row -> row.get("task_id").stringValue())
                            .thenComparing(row -> row.path("#0").asInt(0)));
                case "limit" -> current = current.subList(0, Math.min(current.size(), content.intValue()));
                case "skip" -> current = current.subList(Math.min(current.size(), content.intValue()), current.size());
                case "count" ->
                    current = List.of(NODES.objectNode().put(content.get("name").stringValue(), current.size()));
                case "group" -> {
                    current = grouped(current, content);
                    groupKeys = content.path("keys")
                            .valueStream()
                            .map(key -> key.get("n").stringValue())
                            .toList();
                }
                case "project" -> {
                    List<String> kept = content.path("exclude_keys").asBoolean() ? List.of() : groupKeys;
                    current = current.stream()
                            .map(row -> projected(row, content, kept))
                            .toList();
                }
                default -> throw new IllegalArgumentException(name);
            }
            current = new ArrayList<>(current);
        }
        current.forEach(row -> row.remove(List.of("#0", "#1")));
        return List.copyOf(current);
    }

    private static List<ObjectNode> unwound(List<ObjectNode> rows, JsonNode unwind) {
        List<String> path = List.of(unwind.get("path").stringValue().split("\\."));
        List<ObjectNode> unwound = new ArrayList<>();
        for (ObjectNode row : rows) {
            JsonNode list = straight(row, path);
            List<JsonNode> elements = list == null || list.isNull()
                    ? List.of()
                    : list.isArray() ? list.valueStream().toList() : List.of(list);
            for (int i = 0; i < elements.size(); i++) {
                ObjectNode copy = row.deepCopy();
                JsonNode holder = straight(copy, path.subList(0, path.size() - 1));
                if (holder instanceof ObjectNode object) {
                    object.set(path.getLast(), elements.get(i));
                } else if (holder instanceof ArrayNode array) {
                    array.set(Integer.parseInt(path.getLast()), elements.get(i));
                }
                copy.put(row.has("#0") ? "#1" : "#0", i);
                boolean kept = unwind.path("filter").valueStream().allMatch(condition -> holds(copy, condition, false));
                if (kept) {
                    unwound.add(copy);
                }
            }
        }
        return unwound;
    }

    private static @Nullable JsonNode straight(JsonNode row, List<String> path) {
        JsonNode v = row;
        for (String part : path) {
            v = v.isObject()
                    ? v.get(part)
                    : v.isArray() && INDEX.matcher(part).matches() ? v.get(Integer.parseInt(part)) : null;
            if (v == null) {
                return null;
            }
        }
        return v;
    }

    private static List<ObjectNode> grouped(List<ObjectNode> rows, JsonNode group) {
        Map<String, ObjectNode> keys = new LinkedHashMap<>();
        Map<String, List<ObjectNode>> members = new LinkedHashMap<>();
        for (ObjectNode row : rows) {
            ObjectNode key = NODES.objectNode();
            group.path("keys").forEach(definition -> {
                JsonNode v = value(row, definition.get("k").stringValue());
                String name = definition.get("n").stringValue();
                if (definition.has("date_format")) {
                    key.set(
                            name,
                            v == null
                                    ? NODES.nullNode()
                                    : formatted(
                                            v.stringValue(),
                                            definition.get("date_format").stringValue()));
                } else if (v != null) {
                    key.set(name, v);
                }
            });
            keys.putIfAbsent(canonical(key), key);
            members.computeIfAbsent(canonical(key), __ -> new ArrayList<>()).add(row);
        }
        List<ObjectNode> groups = new ArrayList<>();
        keys.forEach((id, key) -> {
            ObjectNode result = key.deepCopy();
            group.path("fields")
                    .forEach(field -> result.set(field.get("n").stringValue(), gathered(members.get(id), field)));
            groups.add(result);
        });
        return groups;
    }

    private static JsonNode formatted(String time, String format) {
        java.time.ZonedDateTime t = Instant.parse(time).atZone(java.time.ZoneOffset.UTC);
        return switch (format) {
            case "year" -> NODES.numberNode(t.getYear());
            case "month" -> NODES.numberNode(t.getMonthValue());
            case "day" -> NODES.numberNode(t.getDayOfMonth());
            case "%Y-%m-%d" -> NODES.stringNode(time.substring(0, 10));
            case "%H:%M:%S.%L" -> NODES.stringNode(time.substring(11, 23));
            case "%j%%" -> NODES.stringNode("%03d%%".formatted(t.getDayOfYear()));
            default ->
                NODES.stringNode("week %02d of %04d, day %d"
                        .formatted(
                                t.get(java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                                t.get(java.time.temporal.IsoFields.WEEK_BASED_YEAR),
                                t.getDayOfWeek().getValue()));
        };
    }

    private static JsonNode gathered(List<ObjectNode> rows, JsonNode field) {
        String operator = field.get("o").stringValue();
        String key = field.path("k").asString("nope");
        List<ObjectNode> passing = rows.stream()
                .filter(row ->
                        field.path("conditions").valueStream().allMatch(condition -> holds(row, condition, true)))
                .toList();
        int failing = rows.size() - passing.size();
        List<JsonNode> values =
                rows.stream().flatMap(row -> Stream.ofNullable(value(row, key))).toList();
        List<BigDecimal> numbers = passing.stream()
                .flatMap(row -> Stream.ofNullable(value(row, key)))
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .toList();
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return switch (operator) {
            case "count" -> NODES.numberNode(passing.size());
            case "sum" -> NODES.numberNode(sum);
            case "average" ->
                numbers.size() + failing == 0
                        ? NODES.nullNode()
                        : NODES.numberNode(
                                sum.divide(BigDecimal.valueOf(numbers.size() + failing), MathContext.DECIMAL64));
            case "max", "min" -> {
                Comparator<JsonNode> order = operator.equals("max") ? Naive::compare : (a, b) -> compare(b, a);
                yield values.stream().filter(v -> !v.isNull()).max(order).orElse(NODES.nullNode());
            }
            case "first" -> orNull(value(rows.getFirst(), key));
            case "last" -> orNull(value(rows.getLast(), key));
            case "push" -> {
                ArrayNode list = NODES.arrayNode();
                if (field.has("fields")) {
                    rows.forEach(row -> list.add(object(row, field.get("fields"))));
                } else {
                    values.forEach(list::add);
                }
                yield list;
            }
            case "add_to_set" -> {
                Map<String, JsonNode> set = new LinkedHashMap<>();
                values.forEach(v -> set.putIfAbsent(canonical(v), v));
                ArrayNode list = NODES.arrayNode();
                set.values().forEach(list::add);
                yield list;
            }
            default -> {
                ObjectNode merged = NODES.objectNode();
                values.stream().filter(JsonNode::isObject).forEach(v -> merged.setAll((ObjectNode) v));
                yield merged;
            }
        };
    }

    private static ObjectNode object(ObjectNode row, JsonNode fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach(field -> {
            String key = field.get("k").stringValue();
            JsonNode v = value(row, key);
            if (v != null) {
                object.set(
                        field.get("n").stringValue(),
                        TIMES.contains(key) ? NODES.stringNode(v.stringValue().substring(0, 19) + "Z") : v);
            }
        });
        return object;
    }

    private static JsonNode orNull(@Nullable JsonNode v) {
        return v == null ? NODES.nullNode() : v;
    }

    private static ObjectNode projected(ObjectNode row, JsonNode project, List<String> kept) {
        ObjectNode result = NODES.objectNode();
        kept.stream().filter(row::has).forEach(name -> result.set(name, row.get(name)));
        project.get("fields").forEach(field -> {
            JsonNode v = value(row, field.get("k").stringValue());
            JsonNode projected = field.has("o") ? projected(v, field.get("o").stringValue()) : v;
            if (projected != null) {
                result.set(field.get("n").stringValue(), projected);
            }
        });
        return result;
    }

    private static JsonNode projected(@Nullable JsonNode v, String operator) {
        return switch (operator) {
            case "size" -> NODES.numberNode(v != null && v.isArray() ? v.size() : 0);
            case "sum" ->
                NODES.numberNode(Stream.ofNullable(v)
                        .flatMap(any -> any.isArray() ? any.valueStream() : Stream.of(any))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::decimalValue)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
            case "array_to_object" -> {
                if (v == null || !v.isArray()) {
                    yield NODES.nullNode();
                }
                ObjectNode object = NODES.objectNode();
                v.forEach(pair -> {
                    JsonNode key = pair.isArray() ? pair.get(0) : pair.get("k");
                    JsonNode value = pair.isArray() ? pair.get(1) : pair.get("v");
                    if (key != null && value != null && (key.isString() || key.isNumber())) {
                        object.set(key.asString(), value);
                    }
                });
                yield object;
            }
            default -> {
                if (v == null || !v.isObject()) {
                    yield NODES.nullNode();
                }
                ArrayNode list = NODES.arrayNode();
                v.properties().forEach(member -> {
                    ObjectNode pair = NODES.objectNode().put("k", member.getKey());
                    pair.set("v", member.getValue());
                    list.add(pair);
                });
                yield list;
            }
        };
    }
}
