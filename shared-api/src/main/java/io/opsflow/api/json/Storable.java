package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.JsonNode;

/**
 * What PostgreSQL cannot keep is refused before anything is decided: it has no NUL character, takes no lone
 * surrogate, and would print 1e131071 with all its digits.
 */
final class Storable {

    /** Before or behind the point: more than any double needs, and fewer than PostgreSQL's numbers keep. */
    private static final int MOST_PLACES = 2_000;

    private Storable() {}

    static void check(JsonNode tree) {
        check(tree, null);
    }

    /** What keeps a text from being kept; null where nothing does. */
    static @Nullable String problem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "NUL characters are not allowed";
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "lone surrogates are not allowed";
            }
        }
        return null;
    }

    private static void check(JsonNode node, @Nullable Place place) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.forEachEntry((name, value) -> {
                    checkText(name, place);
                    check(value, new Place(place, name));
                });
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), new Place(place, i));
                }
            }
            case STRING -> checkText(node.stringValue(), place);
            case NUMBER -> checkNumber(node, place);
            default -> {}
        }
    }

    private static void checkText(String text, @Nullable Place place) {
        String problem = problem(text);
        if (problem != null) {
            throw ApiException.invalid(Place.name(place), problem);
        }
    }

    private static void checkNumber(JsonNode number, @Nullable Place place) {
        if (number.isFloat() || number.isDouble()) {
            throw new IllegalStateException("floats are read as decimals");
        }
        BigDecimal exact = number.decimalValue();
        double nearest = exact.doubleValue();
        if (Double.isInfinite(nearest) || (nearest == 0 && exact.signum() != 0)) {
            throw beyondRange(place);
        }
        // A zero is in it whatever its exponent says.
        if (Math.abs((long) exact.scale()) > MOST_PLACES) {
            throw tooManyPlaces(place);
        }
    }

    /** What is said of a number that cannot even be read, where the reading stands; so is the next. */
    static ApiException tooManyPlaces(TokenStreamContext at) {
        return tooManyPlaces(Place.of(at));
    }

    static ApiException beyondRange(TokenStreamContext at) {
        return beyondRange(Place.of(at));
    }

    private static ApiException tooManyPlaces(@Nullable Place place) {
        return ApiException.invalid(Place.name(place), "the number has too many places");
    }

    private static ApiException beyondRange(@Nullable Place place) {
        return ApiException.invalid(Place.name(place), "the number is beyond a double's range");
    }

    /**
     * Where a value stands, put into words only for an error: a name of 400 KB over 300,000 elements would take minutes
     * to write out for each.
     *
     * @param step a member's name or an element's index
     */
    private record Place(@Nullable Place parent, Object step) {

        private static final int MAX_LENGTH = 200;

        /** @throws ApiException where a name on the way there cannot be kept, nor be told */
        static @Nullable Place of(TokenStreamContext at) {
            if (at.inRoot()) {
                return null;
            }
            Place outer = of(at.getParent());
            if (at.inArray()) {
                return new Place(outer, at.getCurrentIndex());
            }
            checkText(at.currentName(), outer);
            return new Place(outer, at.currentName());
        }

        static String name(@Nullable Place place) {
            if (place == null) {
                return "body";
            }
            StringBuilder name = new StringBuilder();
            place.appendTo(name);
            if (name.length() <= MAX_LENGTH) {
                return name.toString();
            }
            int end = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
            return name.substring(0, end) + "...";
        }

        private void appendTo(StringBuilder name) {
            if (parent != null) {
                parent.appendTo(name);
            }
            if (step instanceof Integer) {
                name.append('[').append(step).append(']');
            } else {
                name.append(name.isEmpty() ? "" : ".").append(step);
            }
        }
    }
}
