package io.opsflow.queryside.query;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;

/** A name that no row has: unset everywhere. */
record NoValues() implements Operand {

    @Override
    public Condition equalTo(JsonNode value) {
        return value.isNull() ? DSL.trueCondition() : DSL.falseCondition();
    }

    @Override
    public Condition isSet() {
        return DSL.falseCondition();
    }
}
