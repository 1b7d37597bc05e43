package io.opsflow.queryside.query;

import io.opsflow.api.query.Comparison;
import io.opsflow.api.query.IsoTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import tools.jackson.databind.JsonNode;

/** A column of times; the values it is asked for are ISO times, checked when the query was read, or null. */
record TimeOperand(Field<OffsetDateTime> column) implements Operand {

    @Override
    public Condition equalTo(JsonNode value) {
        return value.isNull() ? column.isNull() : column.eq(time(value));
    }

    @Override
    public Condition oneOf(List<JsonNode> values) {
        OffsetDateTime[] times = values.stream()
                .filter(value -> !value.isNull())
                .map(TimeOperand::time)
                .toArray(OffsetDateTime[]::new);
        Condition set = Sql.anyOf(column, times, SQLDataType.TIMESTAMPWITHTIMEZONE);
        return values.stream().anyMatch(JsonNode::isNull) ? set.or(column.isNull()) : set;
    }

    @Override
    public Condition isSet() {
        return column.isNotNull();
    }

    @Override
    public Condition compares(Comparison comparison, JsonNode value) {
        return value.isNull() ? DSL.falseCondition() : Sql.compare(column, comparison, DSL.val(time(value)));
    }

    @Override
    public Condition compares(Comparison comparison, Instant time) {
        return Sql.compare(column, comparison, DSL.val(time.atOffset(ZoneOffset.UTC)));
    }

    private static OffsetDateTime time(JsonNode value) {
        return IsoTime.parse(value.stringValue(), "value").atOffset(ZoneOffset.UTC);
    }
}
