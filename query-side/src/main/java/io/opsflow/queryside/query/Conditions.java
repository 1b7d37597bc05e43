package io.opsflow.queryside.query;

import io.opsflow.api.query.Condition;
import io.opsflow.api.query.Test;
import io.opsflow.api.query.Test.Compares;
import io.opsflow.api.query.Test.ComparesToNow;
import io.opsflow.api.query.Test.Contains;
import io.opsflow.api.query.Test.Equals;
import io.opsflow.api.query.Test.HasElement;
import io.opsflow.api.query.Test.IsSet;
import io.opsflow.api.query.Test.Matches;
import io.opsflow.api.query.Test.Not;
import io.opsflow.api.query.Test.OneOf;
import java.time.Instant;
import java.util.List;
import org.jooq.impl.DSL;

/**
 * Conditions in SQL.
 *
 * @param now what times are counted from, the same all over one query
 */
record Conditions(Instant now) {

    org.jooq.Condition allOf(List<Condition> conditions, Rows rows) {
        return DSL.and(conditions.stream().map(condition -> of(condition, rows)).toList());
    }

    org.jooq.Condition of(Condition condition, Rows rows) {
        return of(condition.test(), rows.operand(condition.field()));
    }

    private org.jooq.Condition of(Test test, Operand operand) {
        return switch (test) {
            case Equals equals -> operand.equalTo(equals.value());
            case OneOf oneOf -> operand.oneOf(oneOf.values());
            case Compares compares -> operand.compares(compares.comparison(), compares.value());
            case ComparesToNow compares ->
                operand.compares(compares.comparison(), compares.time().from(now));
            case Contains contains -> operand.contains(contains.texts(), contains.ignoringCase());
            case Matches matches -> operand.matches(matches.patterns());
            case HasElement element -> operand.hasElement(element.members());
            case IsSet set -> operand.isSet();
            case Not not -> Sql.not(of(not.test(), operand));
        };
    }
}
