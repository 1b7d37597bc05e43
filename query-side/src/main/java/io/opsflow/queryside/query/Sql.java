package io.opsflow.queryside.query;

import io.opsflow.api.json.Json;
import io.opsflow.api.query.Comparison;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import tools.jackson.databind.JsonNode;

/** The few expressions that are needed everywhere. */
final class Sql {

    /**
     * An offset that keeps PostgreSQL from merging a derived table with what is around it; a plain 0 is not even sent.
     */
    static final Field<Long> FENCE = DSL.field("0", Long.class);

    /** PostgreSQL hashes a list from here on. */
    private static final int MANY = 8;

    private static final String BYTES_OF_TEXT = "coalesce(octet_length({0}::text), 0)::bigint";

    private static final String BYTES_OF_JSON = """
            case when pg_column_size({0}) > {1} then pg_column_size({0}) else coalesce(octet_length({0}::text), 0) end::bigint""";

    private static final Field<Long> MOST_BYTES = DSL.inline(AnswerSize.MOST_BYTES);

    private Sql() {}

    /**
     * How many bytes its text has; 0 of a number or a time. Of a text that is stored, and of JSON that is too large in
     * itself, it is known without reading it.
     */
    static Field<Long> sizeOfText(Field<?> field) {
        DataType<?> type = field.getDataType();
        if (type.isJSON()) {
            return DSL.field(BYTES_OF_JSON, Long.class, field, MOST_BYTES);
        }
        return type.isString() ? DSL.field(BYTES_OF_TEXT, Long.class, field) : DSL.inline(0L);
    }

    /** A negation that what is unset passes. */
    static Condition not(Condition condition) {
        return DSL.condition("({0}) is not true", condition);
    }

    static <T> Condition compare(Field<T> left, Comparison comparison, Field<T> right) {
        return switch (comparison) {
            case GREATER -> left.gt(right);
            case GREATER_OR_EQUAL -> left.ge(right);
            case LESS -> left.lt(right);
            case LESS_OR_EQUAL -> left.le(right);
        };
    }

    /** Whether it is one of the values. Many are written into the statement: only a constant list is hashed. */
    static <T> Condition anyOf(Field<T> field, T[] values, DataType<T> type) {
        Field<T[]> list = values.length > MANY ? DSL.inline(values, type.array()) : DSL.val(values, type.array());
        return DSL.condition("{0} = any({1})", field, list);
    }

    static Condition anyOf(Field<String> text, List<String> values) {
        return anyOf(text, values.toArray(String[]::new), SQLDataType.CLOB);
    }

    static Field<String[]> texts(List<String> values) {
        return DSL.val(values.toArray(String[]::new), SQLDataType.CLOB.array());
    }

    static Field<JSONB> json(JsonNode value) {
        return DSL.val(jsonb(value));
    }

    private static JSONB jsonb(JsonNode value) {
        return JSONB.valueOf(Json.unlimited().writeValueAsString(value));
    }

    static Condition anyOfJson(Field<JSONB> json, List<JsonNode> values) {
        return anyOf(json, values.stream().map(Sql::jsonb).toArray(JSONB[]::new), SQLDataType.JSONB);
    }

    /** The type of a JSON value, as text; null where it is unset. */
    static Condition isOfType(Field<JSONB> value, String type) {
        return DSL.field("jsonb_typeof({0})", String.class, value).eq(DSL.inline(type));
    }

    /** The text of a JSON string, to be compared by code point. */
    static Field<String> textOf(Field<JSONB> value) {
        return DSL.field("(({0} #>> array[]::text[]) collate pg_c_utf8)", String.class, value);
    }

    /** The number, where it is one. */
    static Field<BigDecimal> numberOf(Field<JSONB> value) {
        return DSL.field("case when jsonb_typeof({0}) = 'number' then ({0})::numeric end", BigDecimal.class, value);
    }

    /** The list; an empty one where it is none. */
    static Field<JSONB> listOf(Field<JSONB> value) {
        return DSL.field("case when jsonb_typeof({0}) = 'array' then {0} else '[]'::jsonb end", JSONB.class, value);
    }

    /** Objects one after the other; a later member of the same name wins. */
    static Field<JSONB> concatenated(List<Field<JSONB>> objects) {
        String template =
                IntStream.range(0, objects.size()).mapToObj("{%d}"::formatted).collect(Collectors.joining(" || "));
        return DSL.field("(" + template + ")", JSONB.class, objects.toArray(QueryPart[]::new));
    }
}
