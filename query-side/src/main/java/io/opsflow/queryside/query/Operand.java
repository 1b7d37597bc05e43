package io.opsflow.queryside.query;

import io.opsflow.api.query.Comparison;
import io.opsflow.api.query.Regex;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values that a condition looks at, in SQL. Each test has its own condition for each kind of values; what a kind
 * cannot pass is false. A condition may be null in SQL where it is not true: it is bare, so that indexes serve it, and
 * negated with {@link Sql#not}.
 */
interface Operand {

    Condition equalTo(JsonNode value);

    Condition isSet();

    default Condition oneOf(List<JsonNode> values) {
        return DSL.or(values.stream().map(this::equalTo).toList());
    }

    default Condition compares(Comparison comparison, JsonNode value) {
        return DSL.falseCondition();
    }

    default Condition compares(Comparison comparison, Instant time) {
        return DSL.falseCondition();
    }

    default Condition contains(List<String> texts, boolean ignoringCase) {
        return DSL.falseCondition();
    }

    default Condition matches(List<Regex> patterns) {
        return DSL.falseCondition();
    }

    default Condition hasElement(ObjectNode members) {
        return DSL.falseCondition();
    }
}
