package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.Stage.GroupField;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.QueryPart;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * What a group's field makes of the values of its rows.
 *
 * @param order in which rows come; empty where none was asked for
 */
record Accumulators(List<SortField<?>> order) {

    /** @param passed whether the row passes the field's conditions */
    record Input(Column value, Field<Boolean> passed) {}

    // The types in their order; of objects and lists, which are equal, any one.
    private static final String GREATEST = """
            case
                when bool_or({0} = 'true'::jsonb) then 'true'::jsonb
                when bool_or({0} = 'false'::jsonb) then 'false'::jsonb
                when bool_or(jsonb_typeof({0}) in ('object', 'array'))
                    then any_value({0}) filter (where jsonb_typeof({0}) in ('object', 'array'))
                else coalesce(to_jsonb(max({2}) filter (where jsonb_typeof({0}) = 'string')), to_jsonb(max({1})))
            end""";

    private static final String LEAST = """
            coalesce(
                to_jsonb(min({1})),
                to_jsonb(min({2}) filter (where jsonb_typeof({0}) = 'string')),
                any_value({0}) filter (where jsonb_typeof({0}) in ('object', 'array')),
                case when bool_or({0} = 'false'::jsonb) then 'false'::jsonb end,
                case when bool_or({0} = 'true'::jsonb) then 'true'::jsonb end)""";

    private static final String MERGED = """
            coalesce(
                (select jsonb_object_agg(member.k, member.v order by object.n)
                   from jsonb_array_elements({0}) with ordinality as object(v, n)
                  cross join lateral jsonb_each(object.v) as member(k, v)),
                '{}'::jsonb)""";

    Column of(GroupField field, Input input) {
        Column value = input.value();
        FieldKind kind = field.kind();
        return switch (field.operator()) {
            case COUNT -> Column.of(kind, count(input));
            case SUM -> Column.of(kind, DSL.field("coalesce(sum({0}), 0)", BigDecimal.class, number(input)));
            case AVERAGE -> Column.ofNullable(kind, DSL.field("avg({0})", BigDecimal.class, number(input)));
            case MAX -> Column.ofNullable(kind, extreme(value, "max", GREATEST));
            case MIN -> Column.ofNullable(kind, extreme(value, "min", LEAST));
            case FIRST -> Column.ofNullable(kind, element(value, "1"));
            case LAST -> Column.ofNullable(kind, element(value, "count(*)"));
            case PUSH ->
                Column.of(kind, orEmptyList(pushed(value.json(), value.json().isNotNull())));
            case ADD_TO_SET ->
                Column.of(
                        kind,
                        orEmptyList(DSL.field(
                                "jsonb_agg(distinct {0}) filter (where {0} is not null)", JSONB.class, value.json())));
            case MERGE_OBJECTS ->
                Column.of(
                        kind,
                        DSL.field(MERGED, JSONB.class, pushed(value.json(), Sql.isOfType(value.json(), "object"))));
        };
    }

    private static Field<BigDecimal> count(Input input) {
        return DSL.field("count(*) filter (where {0})", BigDecimal.class, input.passed());
    }

    /** A row that fails adds 0 and counts; one without a number neither adds nor counts. */
    private static Field<BigDecimal> number(Input input) {
        Field<BigDecimal> number =
                switch (input.value().kind()) {
                    case NUMBER -> input.value().number();
                    case JSON -> Sql.numberOf(input.value().json());
                    case TEXT, TIME, NONE -> DSL.field("null::numeric", BigDecimal.class);
                };
        return DSL.field("case when {0} then {1} else 0 end", BigDecimal.class, input.passed(), number);
    }

    private static Field<?> extreme(Column value, String function, String ofJson) {
        return switch (value.kind()) {
            case TEXT, TIME, NUMBER ->
                DSL.field(function + "({0})", value.field().getDataType(), value.field());
            case JSON, NONE -> {
                Field<JSONB> json = value.json();
                yield DSL.field(ofJson, JSONB.class, json, Sql.numberOf(json), Sql.textOf(json));
            }
        };
    }

    private Field<?> element(Column value, String position) {
        Field<?> field = value.kind() == FieldKind.NONE ? value.json() : value.field();
        return DSL.field("(array_agg({0} {1}))[" + position + "]", field.getDataType(), field, orderBy());
    }

    private Field<JSONB> pushed(Field<JSONB> value, Condition condition) {
        return DSL.field("jsonb_agg({0} {1}) filter (where {2})", JSONB.class, value, orderBy(), condition);
    }

    private static Field<JSONB> orEmptyList(Field<JSONB> list) {
        return DSL.field("coalesce({0}, '[]'::jsonb)", JSONB.class, list);
    }

    private QueryPart orderBy() {
        return order.isEmpty() ? DSL.sql("") : DSL.sql("order by {0}", DSL.list(order));
    }
}
