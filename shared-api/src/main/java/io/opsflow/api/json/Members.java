package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of one JSON object of a request, read in the order of the contract's tables, so that the first problem
 * reported is the first in field order; {@link #end} then refuses what nobody asked for.
 *
 * <p>A member may be spelled in snake_case or camelCase, and given in one of them. {@code null}, {@code ""}, {@code []} and
 * {@code 0} count as not given. Texts are trimmed. Every error names the member's full path.
 */
public final class Members {

    private final ObjectNode object;
    private final String path;
    private final Set<String> known = new HashSet<>();

    private Members(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The request itself. */
    public static Members of(JsonNode body) {
        return of(body, "");
    }

    /**
     * @param path where the object stands in the request; empty for the request itself
     * @throws ApiException ERROR_INVALID_PARAMETER_TYPE when it is no object
     */
    public static Members of(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            return new Members(object, path);
        }
        throw ApiException.wrongType(path.isEmpty() ? "body" : path, "dictionary");
    }

    /** The same text for the same members with the same values, in whatever order and with whatever blanks they came. */
    public String canonical() {
        return Json.canonical(object);
    }

    /** The full path of a member of this object, as errors name it. */
    public String key(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The member as it stands, null included; null only where the member is absent. */
    public @Nullable JsonNode raw(String name) {
        String camelCase = camelCase(name);
        known.add(name);
        known.add(camelCase);
        JsonNode snake = object.get(name);
        JsonNode camel = camelCase.equals(name) ? null : object.get(camelCase);
        if (snake == null || camel == null) {
            return snake != null ? snake : camel;
        }
        if (!isNotGiven(snake) && !isNotGiven(camel)) {
            throw ApiException.invalid(key(name), "given twice, also as " + camelCase);
        }
        return isNotGiven(snake) ? camel : snake;
    }

    /** The member where it is given; null where it is absent or holds what counts as not given. */
    public @Nullable JsonNode given(String name) {
        JsonNode value = raw(name);
        return value == null || isNotGiven(value) ? null : value;
    }

    /** {@code null}, {@code ""}, {@code []} and {@code 0}: what clients send for "nothing". */
    public static boolean isNotGiven(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> true;
            case STRING -> value.stringValue().isEmpty();
            case ARRAY -> value.isEmpty();
            case NUMBER -> value.decimalValue().signum() == 0;
            default -> false;
        };
    }

    /** A text, trimmed, of at most {@code limit} characters; null where not given, empty where it was only blanks. */
    public @Nullable String text(String name, int limit) {
        JsonNode value = given(name);
        return value == null ? null : text(value, key(name), limit);
    }

    /** Like {@link #text(String, int)}, but a blank one is an error: for what cannot be cleared. */
    public @Nullable String filledText(String name, int limit) {
        String text = text(name, limit);
        if (text != null && text.isEmpty()) {
            throw ApiException.invalid(key(name), "it must not be blank");
        }
        return text;
    }

    /** A text of 1 to {@code limit} characters that must be there. */
    public String requiredText(String name, int limit) {
        String text = filledText(name, limit);
        if (text == null) {
            throw ApiException.required(key(name));
        }
        return text;
    }

    /** {@code false} where not given. */
    public boolean flag(String name) {
        JsonNode value = given(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw ApiException.wrongType(key(name), "boolean");
        }
        return value.booleanValue();
    }

    /** One of an enum's constants by its exact name; null where not given. */
    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> choices) {
        String text = text(name, 100);
        if (text == null) {
            return null;
        }
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        key(name), "it must be one of " + Arrays.toString(choices.getEnumConstants())));
    }

    /** A list, each element read by {@code element} with its path; null where not given. */
    public <T> @Nullable List<T> list(String name, int limit, ElementReader<T> element) {
        JsonNode value = given(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw ApiException.wrongType(key(name), "list");
        }
        if (value.size() > limit) {
            throw ApiException.invalid(key(name), "at most %d elements".formatted(limit));
        }
        List<T> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.add(element.read(value.get(i), "%s[%d]".formatted(key(name), i)));
        }
        return List.copyOf(elements);
    }

    /** A list of filled texts. */
    public @Nullable List<String> texts(String name, int limit, int textLimit) {
        return list(name, limit, (value, key) -> {
            String text = text(value, key, textLimit);
            if (text.isEmpty()) {
                throw ApiException.invalid(key, "it must not be blank");
            }
            return text;
        });
    }

    /** An object read by {@code reader}; null where not given. Unlike other empty values, {@code {}} is given. */
    public <T> @Nullable T object(String name, Function<Members, T> reader) {
        JsonNode value = given(name);
        return value == null ? null : reader.apply(of(value, key(name)));
    }

    /** A free JSON object within the limits of {@link FreeObject}, its texts trimmed; null where not given. */
    public @Nullable ObjectNode freeObject(String name) {
        JsonNode value = given(name);
        return value == null ? null : FreeObject.read(value, key(name));
    }

    /** Refuses members that were not asked for. */
    public void end() {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw ApiException.invalid(key(shortened(member.getKey())), "unknown member");
            }
        }
    }

    private static String text(JsonNode value, String key, int limit) {
        if (!value.isString()) {
            throw ApiException.wrongType(key, "string");
        }
        String text = value.stringValue().strip();
        if (text.codePointCount(0, text.length()) > limit) {
            throw ApiException.invalid(key, "at most %,d characters".formatted(limit));
        }
        return text;
    }

    /** A name that a client chose, short enough to stand in an error. */
    public static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= 100
                ? name
                : name.substring(0, name.offsetByCodePoints(0, 100)) + "...";
    }

    private static String camelCase(String snakeCase) {
        StringBuilder camel = new StringBuilder(snakeCase.length());
        for (int i = 0; i < snakeCase.length(); i++) {
            boolean capital = i > 0 && snakeCase.charAt(i - 1) == '_' && Character.isLowerCase(snakeCase.charAt(i));
            if (capital) {
                camel.setCharAt(camel.length() - 1, Character.toUpperCase(snakeCase.charAt(i)));
            } else {
                camel.append(snakeCase.charAt(i));
            }
        }
        return camel.toString();
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface ElementReader<T> {
        T read(JsonNode element, String key);
    }
}
