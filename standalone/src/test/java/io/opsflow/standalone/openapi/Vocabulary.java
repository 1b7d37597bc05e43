package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The words that requests are made of: what exists, what might, what means something to the query language, and what
 * means something to parsers and databases.
 */
final class Vocabulary {

    private static final int MOST_REMEMBERED = 200;
    private static final Pattern CHANGES = Pattern.compile("/(update|update_fields|delete)$");

    /** The examples' own ids, and whose place they take: those that a run makes for good, and those that come and go. */
    private static final Map<String, String> FOR_GOOD = Map.of(
            "category-000000000001", "category_id",
            "task-type-000000000001", "task_type_id",
            "domain-000000000001", "domain_id");

    private static final Map<String, String> PASSING = Map.of(
            "task-00000000000a", "task_id",
            "task-00000000000d", "task_id",
            "category-00000000000a", "category_id",
            "category-00000000000d", "category_id",
            "task-type-00000000000a", "task_type_id",
            "task-type-00000000000d", "task_type_id");

    private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();
    private final Map<String, String> forGood = new ConcurrentHashMap<>();

    /** What stands for the demo's category, type and domain. */
    void stayWith(String key, String id) {
        forGood.put(key, id);
    }

    /** What a service answered and what may be asked of it now. */
    void remember(Operation operation, JsonNode answer) {
        String key = key(operation);
        String id = answer.path(key).asString("");
        List<String> ids = remembered.computeIfAbsent(key, __ -> new CopyOnWriteArrayList<>());
        if (!id.isEmpty() && !id.equals(forGood.get(key)) && !ids.contains(id)) {
            ids.add(id);
            if (ids.size() > MOST_REMEMBERED) {
                ids.removeFirst();
            }
        }
    }

    /** The member that says what the verb is about. */
    private static String key(Operation operation) {
        if (operation.path().contains("/task-category/")) {
            return "category_id";
        }
        return operation.path().contains("/task-type/") ? "task_type_id" : "task_id";
    }

    /**
     * An id that a member of this name holds; null where it holds none. What the whole run stands on is neither changed
     * nor deleted.
     */
    @Nullable
    String id(Operation operation, String member, Random random) {
        boolean spares = member.equals(key(operation))
                && CHANGES.matcher(operation.path()).find();
        return switch (member) {
            case "task_id", "aggregate_id" -> oneOf(remembered.get("task_id"), "task-0123456789ab", random);
            case "category_id", "task_type_id" ->
                !spares && random.nextInt(4) > 0
                        ? forGood.get(member)
                        : oneOf(
                                remembered.get(member),
                                member.equals("category_id") ? "category-1" : "task-type-1",
                                random);
            case "status_id" -> "status-00000000000" + (1 + random.nextInt(4));
            case "project_id" -> "project-00000000000" + (1 + random.nextInt(2));
            case "domain_id" -> forGood.get("domain_id");
            default -> null;
        };
    }

    /** The same with ids of this run in the place of the examples'. */
    JsonNode translated(JsonNode value, Random random) {
        return translate(value.deepCopy(), random);
    }

    /** Likewise, of a text that holds ids of the demo. */
    String translated(String text) {
        String translated = text;
        for (Map.Entry<String, String> id : FOR_GOOD.entrySet()) {
            translated = translated.replace(id.getKey(), forGood.getOrDefault(id.getValue(), id.getKey()));
        }
        return translated;
    }

    private JsonNode translate(JsonNode node, Random random) {
        return switch (node) {
            case StringNode text -> JsonNodeFactory.instance.stringNode(translated(text.stringValue(), random));
            case ObjectNode object -> {
                for (String name : List.copyOf(object.propertyNames())) {
                    object.set(name, translate(object.get(name), random));
                }
                yield object;
            }
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, translate(list.get(i), random));
                }
                yield list;
            }
            default -> node;
        };
    }

    private String translated(String text, Random random) {
        String key = FOR_GOOD.get(text);
        if (key != null) {
            return forGood.getOrDefault(key, text);
        }
        String passing = PASSING.get(text);
        return passing == null ? text : oneOf(remembered.get(passing), text, random);
    }

    static String word(Random random) {
        return random.nextInt(3) > 0
                ? WordLists.named("texts").get(random.nextInt(6))
                : any(WordLists.named("texts"), random);
    }

    static String path(Random random) {
        return any(WordLists.named("paths"), random);
    }

    static String moment(Random random) {
        return any(WordLists.named("moments"), random);
    }

    static String offset(Random random) {
        return any(WordLists.named("offsets"), random);
    }

    static String pattern(Random random) {
        return any(WordLists.named("patterns"), random);
    }

    static String dateFormat(Random random) {
        return any(WordLists.named("date_formats"), random);
    }

    /** As JSON; not all of them can be kept. */
    static String number(Random random) {
        return any(WordLists.named("json_numbers"), random);
    }

    /** Any JSON at all, a few levels deep. */
    static JsonNode json(Random random, int levels) {
        var factory = JsonNodeFactory.instance;
        return switch (random.nextInt(levels > 0 ? 9 : 6)) {
            case 0 -> factory.nullNode();
            case 1 -> factory.booleanNode(random.nextBoolean());
            case 2, 3 -> Json.mapper().readTree(Integer.toString(random.nextInt(-3, 20)));
            case 4, 5 -> factory.stringNode(word(random));
            case 6 -> {
                var list = factory.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(json(random, levels - 1));
                }
                yield list;
            }
            default -> {
                var object = factory.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(word(random), json(random, levels - 1));
                }
                yield object;
            }
        };
    }

    static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String oneOf(@Nullable List<String> ids, String otherwise, Random random) {
        List<String> now = ids == null ? List.of() : List.copyOf(ids);
        return now.isEmpty() ? otherwise : any(now, random);
    }
}
