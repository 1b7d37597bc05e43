package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Test.Contains;
import io.opsflow.api.query.Test.Not;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the conditions of one query, wherever they stand in it, and counts them. */
final class ConditionReader {

    private static final int MAX_CONDITIONS = 100;
    private static final int MAX_KEYWORD = 1_000;

    private int count;

    /** @param keys what a key means, given its place in the request */
    List<Condition> read(
            Members members, String name, Set<Operator> allowed, BiFunction<FieldPath, String, FieldRef> keys) {
        List<Condition> conditions = members.list(
                name, MAX_CONDITIONS, (element, place) -> condition(Members.of(element, place), allowed, keys));
        return conditions == null ? List.of() : counted(conditions, members.key(name));
    }

    /** The words of the keyword; each counts as a condition. */
    List<String> keywords(Members members) {
        String keyword = members.text("keyword", MAX_KEYWORD);
        return keyword == null || keyword.isEmpty()
                ? List.of()
                : counted(List.of(keyword.split(" +")).stream().distinct().toList(), members.key("keyword"));
    }

    /** The same test where case counts. */
    static Condition caseSensitive(Condition condition) {
        return new Condition(condition.field(), caseSensitive(condition.test()));
    }

    private static Test caseSensitive(Test test) {
        return switch (test) {
            case Contains contains -> new Contains(contains.texts(), false);
            case Not not -> new Not(caseSensitive(not.test()));
            default -> test;
        };
    }

    private <T> List<T> counted(List<T> conditions, String place) {
        count += conditions.size();
        if (count > MAX_CONDITIONS) {
            throw ApiException.invalid(place, "at most %d conditions a query".formatted(MAX_CONDITIONS));
        }
        return conditions;
    }

    private static Condition condition(
            Members members, Set<Operator> allowed, BiFunction<FieldPath, String, FieldRef> keys) {
        FieldRef field = keys.apply(Names.requiredPath(members, "k", "key"), members.key("key"));
        JsonNode value = value(members);
        Operator operator = operator(members, allowed);
        members.end();
        return new Condition(
                field, operator.read(new ConditionValue(operator.wireName(), field, value, members.key("value"))));
    }

    private static JsonNode value(Members members) {
        JsonNode value = Names.either(members, "v", "value");
        if (value == null) {
            throw ApiException.required(members.key("value"));
        }
        return value;
    }

    private static Operator operator(Members members, Set<Operator> allowed) {
        String name = Names.requiredText(members, "o", "operator");
        @Nullable Operator operator = Operator.named(name, allowed);
        if (operator == null) {
            throw ApiException.invalid(members.key("operator"), "it must be one of " + Operator.names(allowed));
        }
        return operator;
    }
}
