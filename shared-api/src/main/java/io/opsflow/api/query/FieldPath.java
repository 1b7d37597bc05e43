package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A dotted path to a value: at least one part, at most 32, none empty. Parts are taken as they stand. */
public record FieldPath(List<String> parts) {

    private static final int MAX_PARTS = 32;
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*");

    public FieldPath {
        parts = List.copyOf(parts);
    }

    /** @param place where the path stands in the request */
    static FieldPath parse(String text, String place) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > MAX_PARTS) {
            throw ApiException.invalid(place, "at most %d parts".formatted(MAX_PARTS));
        }
        if (Arrays.stream(parts).anyMatch(String::isEmpty)) {
            throw ApiException.invalid(place, "a part of the path is empty");
        }
        return new FieldPath(List.of(parts));
    }

    public String top() {
        return parts.getFirst();
    }

    /** What follows the top; empty where the path is a name alone. */
    public List<String> rest() {
        return parts.subList(1, parts.size());
    }

    /** Whether this part would be an index where it stands on a list. */
    public static boolean isIndex(String part) {
        return INDEX.matcher(part).matches();
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
