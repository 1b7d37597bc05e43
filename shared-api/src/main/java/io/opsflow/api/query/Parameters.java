package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Test.Equals;
import io.opsflow.api.query.Test.OneOf;
import io.opsflow.api.task.Priority;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The request parameters beside a query: each an exact condition, a list meaning any of its values. */
public final class Parameters {

    private static final int MAX_VALUES = 10_000;
    private static final String NO_PRIORITY = "TASK_PRIORITY_NONE";

    private Parameters() {}

    /** @param names text fields of the resource, in the order of the contract's table */
    public static List<Condition> read(Members request, QuerySchema schema, String... names) {
        List<Condition> conditions = new ArrayList<>();
        for (String name : names) {
            JsonNode value = request.given(name);
            if (value != null) {
                test(value, name).ifPresent(test -> conditions.add(new Condition(field(schema, name), test)));
            }
        }
        return List.copyOf(conditions);
    }

    /** A condition of the same kind that is not the client's. */
    public static Condition equal(QuerySchema schema, String name, String value) {
        return new Condition(field(schema, name), new Equals(JsonNodeFactory.instance.stringNode(value)));
    }

    private static FieldRef field(QuerySchema schema, String name) {
        return schema.demand(new FieldPath(List.of(name)), name);
    }

    private static Optional<Test> test(JsonNode value, String name) {
        if (!value.isArray()) {
            return text(value, name, name).map(Equals::new);
        }
        if (value.size() > MAX_VALUES) {
            throw ApiException.invalid(name, "at most %,d values".formatted(MAX_VALUES));
        }
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            text(value.get(i), name, "%s[%d]".formatted(name, i)).ifPresent(values::add);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new OneOf(values));
    }

    private static Optional<JsonNode> text(JsonNode value, String name, String place) {
        if (name.equals("priority")) {
            return priority(value, place);
        }
        if (!value.isString()) {
            throw ApiException.wrongType(place, "string");
        }
        return Optional.of(value);
    }

    private static Optional<JsonNode> priority(JsonNode value, String place) {
        boolean isNone = value.isString() && value.stringValue().equals(NO_PRIORITY);
        if (isNone || (!value.isArray() && Members.isNotGiven(value))) {
            return Optional.empty();
        }
        for (Priority priority : Priority.values()) {
            boolean named = value.isString() && value.stringValue().equals(priority.name());
            boolean numbered = value.isNumber()
                    && value.decimalValue().compareTo(BigDecimal.valueOf(priority.ordinal() + 1L)) == 0;
            if (named || numbered) {
                return Optional.of(JsonNodeFactory.instance.stringNode(priority.name()));
            }
        }
        throw ApiException.invalid(place, "it must be HIGH, MEDIUM or LOW");
    }
}
