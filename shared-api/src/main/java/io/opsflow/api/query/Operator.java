package io.opsflow.api.query;

import static io.opsflow.api.query.Comparison.GREATER;
import static io.opsflow.api.query.Comparison.GREATER_OR_EQUAL;
import static io.opsflow.api.query.Comparison.LESS;
import static io.opsflow.api.query.Comparison.LESS_OR_EQUAL;

import io.opsflow.api.query.Test.Compares;
import io.opsflow.api.query.Test.ComparesToNow;
import io.opsflow.api.query.Test.Contains;
import io.opsflow.api.query.Test.Equals;
import io.opsflow.api.query.Test.HasElement;
import io.opsflow.api.query.Test.IsSet;
import io.opsflow.api.query.Test.Matches;
import io.opsflow.api.query.Test.Not;
import io.opsflow.api.query.Test.OneOf;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operators of conditions, by their names on the wire: which value each takes, and which {@link Test} it means. An
 * operator that existing tests can express is one more line here; a new kind of test also needs its SQL, and the
 * compiler says where.
 */
public enum Operator {
    EQ("eq", value -> new Equals(value.single())),
    NOT("not", value -> new Not(new Equals(value.single()))),
    GT("gt", value -> new Compares(GREATER, value.single())),
    GTE("gte", value -> new Compares(GREATER_OR_EQUAL, value.single())),
    LT("lt", value -> new Compares(LESS, value.single())),
    LTE("lte", value -> new Compares(LESS_OR_EQUAL, value.single())),
    IN("in", value -> new OneOf(value.list())),
    NOT_IN("not_in", value -> new Not(new OneOf(value.list()))),
    EXISTS("exists", value -> value.flag() ? new IsSet() : new Not(new IsSet())),
    CONTAIN("contain", value -> new Contains(List.of(value.text()), true)),
    NOT_CONTAIN("not_contain", value -> new Not(new Contains(List.of(value.text()), true))),
    CONTAIN_IN("contain_in", value -> new Contains(value.texts(), true)),
    NOT_CONTAIN_IN("not_contain_in", value -> new Not(new Contains(value.texts(), true))),
    MATCH("match", value -> new HasElement(value.object())),
    REGEX("regex", value -> new Matches(List.of(value.pattern()))),
    REGEX_IN("regex_in", value -> new Matches(value.patterns())),
    DATETIME_GT("datetime_gt", value -> new Compares(GREATER, value.time())),
    DATETIME_GTE("datetime_gte", value -> new Compares(GREATER_OR_EQUAL, value.time())),
    DATETIME_LT("datetime_lt", value -> new Compares(LESS, value.time())),
    DATETIME_LTE("datetime_lte", value -> new Compares(LESS_OR_EQUAL, value.time())),
    TIMEDIFF_GT("timediff_gt", value -> new ComparesToNow(GREATER, value.relativeTime())),
    TIMEDIFF_GTE("timediff_gte", value -> new ComparesToNow(GREATER_OR_EQUAL, value.relativeTime())),
    TIMEDIFF_LT("timediff_lt", value -> new ComparesToNow(LESS, value.relativeTime())),
    TIMEDIFF_LTE("timediff_lte", value -> new ComparesToNow(LESS_OR_EQUAL, value.relativeTime()));

    /** What a filter may use. */
    static final Set<Operator> ALL = EnumSet.allOf(Operator.class);

    /** What the conditions of a group's field may use. */
    static final Set<Operator> COMPARING = EnumSet.of(EQ, NOT, GT, GTE, LT, LTE);

    /** What the filter of an unwind may use; there case counts. */
    static final Set<Operator> OF_UNWIND =
            EnumSet.of(EQ, NOT, IN, NOT_IN, CONTAIN, NOT_CONTAIN, CONTAIN_IN, NOT_CONTAIN_IN);

    private final String wireName;
    private final Function<ConditionValue, Test> reader;

    Operator(String wireName, Function<ConditionValue, Test> reader) {
        this.wireName = wireName;
        this.reader = reader;
    }

    public String wireName() {
        return wireName;
    }

    Test read(ConditionValue value) {
        return reader.apply(value);
    }

    static @Nullable Operator named(String wireName, Set<Operator> allowed) {
        return allowed.stream()
                .filter(operator -> operator.wireName.equals(wireName))
                .findFirst()
                .orElse(null);
    }

    static String names(Set<Operator> allowed) {
        return Arrays.stream(values())
                .filter(allowed::contains)
                .map(Operator::wireName)
                .collect(Collectors.joining(", "));
    }
}
