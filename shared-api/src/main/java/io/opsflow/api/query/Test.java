package io.opsflow.api.query;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a condition asks of the values that its path finds. Every operator is made of these few; a value passes where any
 * element of a list at the path's end passes. On a field of kind TIME all values are ISO times that were checked, or null.
 */
public sealed interface Test {

    /** Equality with one value; null asks that nothing is found, or a null. */
    record Equals(JsonNode value) implements Test {}

    /** Equality with any of the values; with none of them where there are none. */
    record OneOf(List<JsonNode> values) implements Test {}

    /** An order, among values of the given one's type alone. */
    record Compares(Comparison comparison, JsonNode value) implements Test {}

    /** An order against a time that is counted from now. */
    record ComparesToNow(Comparison comparison, RelativeTime time) implements Test {}

    /** Any of these as a part of a text, each character literal. */
    record Contains(List<String> texts, boolean ignoringCase) implements Test {}

    /** Any of these patterns somewhere in a text. */
    record Matches(List<Regex> patterns) implements Test {}

    /** A list of objects, one of which has all these members. */
    record HasElement(ObjectNode members) implements Test {}

    /** Something is found, be it a null. */
    record IsSet() implements Test {}

    /** The negation, which what is unset passes too. */
    record Not(Test test) implements Test {}
}
