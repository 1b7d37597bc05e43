package io.opsflow.api.json;

import io.opsflow.api.error.ApiException;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * What PostgreSQL cannot keep is refused before anything is decided: it has no NUL character, takes no lone
 * surrogate, and would print 1e131071 with all its digits.
 */
final class Storable {

    private Storable() {}

    static void check(JsonNode tree) {
        check(tree, "");
    }

    private static void check(JsonNode node, String path) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.forEachEntry((name, value) -> {
                    checkText(name, path.isEmpty() ? "body" : path);
                    check(value, path.isEmpty() ? name : path + "." + name);
                });
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), "%s[%d]".formatted(path, i));
                }
            }
            case STRING -> checkText(node.stringValue(), path);
            case NUMBER -> checkNumber(node, path);
            default -> {}
        }
    }

    private static void checkText(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ApiException.invalid(path, "NUL characters are not allowed");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw ApiException.invalid(path, "lone surrogates are not allowed");
            }
        }
    }

    private static void checkNumber(JsonNode number, String path) {
        if (number.isFloat() || number.isDouble()) {
            throw new IllegalStateException("floats are read as decimals");
        }
        BigDecimal exact = number.decimalValue();
        double nearest = exact.doubleValue();
        if (Double.isInfinite(nearest) || (nearest == 0 && exact.signum() != 0)) {
            throw ApiException.invalid(path, "the number is beyond a double's range");
        }
    }
}
