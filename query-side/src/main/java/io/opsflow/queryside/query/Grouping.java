package io.opsflow.queryside.query;

import io.opsflow.api.query.Accumulator;
import io.opsflow.api.query.DateFormat;
import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.Stage.Group;
import io.opsflow.api.query.Stage.GroupField;
import io.opsflow.api.query.Stage.GroupKey;
import io.opsflow.api.query.Stage.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectConnectByStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A group in two derived tables: the inner one reads what is grouped by and what is gathered, the outer one groups by
 * plain columns, since two equal expressions with parameters are not equal to PostgreSQL.
 */
record Grouping(Conditions conditions, Rows rows) {

    Rows of(Group group) {
        Derived inner = new Derived(rows);
        List<Column> keys =
                group.keys().stream().map(key -> inner.add(key(key))).toList();
        List<Accumulators.Input> inputs =
                group.fields().stream().map(field -> input(field, inner)).toList();
        List<OrderTerm> order = inner.addOrder(rows);
        List<Field<?>> ties = order.isEmpty() ? List.of() : inner.addTies(rows);
        Rows read = inner.rows(inner(inner, keys, inputs), Map.of(), order, ties);
        return gathered(group, keys, inputs, read);
    }

    private Rows gathered(Group group, List<Column> keys, List<Accumulators.Input> inputs, Rows read) {
        Accumulators accumulators = new Accumulators(read.sortFields());
        Derived outer = new Derived(read);
        Map<String, Column> columns = new LinkedHashMap<>();
        IntStream.range(0, keys.size())
                .forEach(i -> columns.put(group.keys().get(i).name(), outer.add(keys.get(i))));
        List<Field<?>> ties =
                columns.values().stream().<Field<?>>map(Column::field).toList();
        IntStream.range(0, inputs.size())
                .forEach(i -> columns.put(
                        group.fields().get(i).name(),
                        outer.add(accumulators.of(group.fields().get(i), inputs.get(i)))));
        Gathering gathering = Gathering.of(IntStream.range(0, inputs.size())
                .mapToObj(i -> new Gathering.Kept(
                        group.fields().get(i).operator(), inputs.get(i).value()))
                .toList());
        return outer.rows(grouped(outer, keys, read.table(), gathering), columns, List.of(), ties);
    }

    /** The offset keeps PostgreSQL from reading the same JSON again for each part of an aggregate. */
    private Select<?> inner(Derived inner, List<Column> keys, List<Accumulators.Input> inputs) {
        SelectConditionStep<?> select =
                DSL.select(inner.selected()).from(rows.table()).where(DSL.noCondition());
        boolean readsJson = Stream.concat(keys.stream(), inputs.stream().map(Accumulators.Input::value))
                .anyMatch(column -> column.kind() == FieldKind.JSON);
        return readsJson ? select.offset(Sql.FENCE) : select;
    }

    /** Without keys SQL makes one row even of none. */
    private static Select<?> grouped(Derived outer, List<Column> keys, Table<?> read, Gathering gathering) {
        SelectConnectByStep<?> select =
                DSL.select(outer.selected()).from(gathering.counted(read)).where(gathering.fits());
        List<Field<?>> by = keys.stream().<Field<?>>map(Column::field).toList();
        return by.isEmpty() ? select.having(DSL.count().gt(0)) : select.groupBy(by);
    }

    private Column key(GroupKey key) {
        Column source = rows.value(key.source());
        DateFormat format = key.format();
        if (format == null) {
            return source.kind() == FieldKind.JSON ? Column.of(FieldKind.JSON, source.json()) : source;
        }
        return Column.ofNullable(key.kind(), PostgresDateFormat.of(format, source.time()));
    }

    private Accumulators.Input input(GroupField field, Derived inner) {
        Condition passes = conditions.allOf(field.conditions(), rows);
        Field<Boolean> passed = field.conditions().isEmpty()
                ? DSL.inline(true)
                : inner.add(DSL.field("({0}) is true", Boolean.class, passes));
        Column value = field.operator() == Accumulator.PUSH && !field.members().isEmpty()
                ? Column.of(FieldKind.JSON, object(field.members()))
                : rows.value(field.source());
        return new Accumulators.Input(inner.add(value), passed);
    }

    /** An object of what is set. One call of jsonb_build_object a member: it takes 50 pairs, and would make nulls of what is unset. */
    private Field<JSONB> object(List<Named> members) {
        List<Field<JSONB>> parts = members.stream()
                .map(member -> DSL.field(
                        "case when {0} is null then '{}'::jsonb else jsonb_build_object({1}::text, {0}) end",
                        JSONB.class, rows.value(member.source()).jsonInSeconds(), DSL.val(member.name())))
                .toList();
        return Sql.concatenated(parts);
    }
}
