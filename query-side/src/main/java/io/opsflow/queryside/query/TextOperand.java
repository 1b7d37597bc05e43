package io.opsflow.queryside.query;

import io.opsflow.api.query.Comparison;
import io.opsflow.api.query.Regex;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;

/** A text column. Unset is null there, and is served as the empty text, so that asking for either finds it. */
record TextOperand(Field<String> column) implements Operand {

    @Override
    public Condition equalTo(JsonNode value) {
        if (isUnset(value)) {
            return column.isNull();
        }
        return value.isString() ? column.eq(value.stringValue()) : DSL.falseCondition();
    }

    @Override
    public Condition oneOf(List<JsonNode> values) {
        List<String> texts = values.stream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty())
                .toList();
        Stream<Condition> set = texts.isEmpty() ? Stream.of() : Stream.of(Sql.anyOf(column, texts));
        Stream<Condition> unset =
                values.stream().anyMatch(TextOperand::isUnset) ? Stream.of(column.isNull()) : Stream.of();
        return DSL.or(Stream.concat(set, unset).toList());
    }

    @Override
    public Condition isSet() {
        return column.isNotNull();
    }

    @Override
    public Condition compares(Comparison comparison, JsonNode value) {
        return value.isString() ? Sql.compare(column, comparison, DSL.val(value.stringValue())) : DSL.falseCondition();
    }

    @Override
    public Condition contains(List<String> texts, boolean ignoringCase) {
        return TextMatching.contains(column, texts, ignoringCase);
    }

    @Override
    public Condition matches(List<Regex> patterns) {
        return TextMatching.matches(column, patterns);
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull() || (value.isString() && value.stringValue().isEmpty());
    }
}
