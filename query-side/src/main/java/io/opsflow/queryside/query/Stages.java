package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.SortKey;
import io.opsflow.api.query.Stage;
import io.opsflow.api.query.Stage.Count;
import io.opsflow.api.query.Stage.Group;
import io.opsflow.api.query.Stage.Limit;
import io.opsflow.api.query.Stage.Project;
import io.opsflow.api.query.Stage.ProjectField;
import io.opsflow.api.query.Stage.Skip;
import io.opsflow.api.query.Stage.Sort;
import io.opsflow.api.query.Stage.Unwind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectField;
import org.jooq.SelectLimitStep;
import org.jooq.impl.DSL;

/** What each stage makes of the rows before it. */
record Stages(Conditions conditions) {

    private static final String ELEMENTS = """
            jsonb_array_elements(case
                when {0} is null or jsonb_typeof({0}) = 'null' then '[]'::jsonb
                when jsonb_typeof({0}) = 'array' then {0}
                else jsonb_build_array({0})
            end) with ordinality as element(v, n)""";

    Rows apply(List<Stage> stages, Rows rows) {
        Rows result = rows;
        for (Stage stage : stages) {
            result = apply(stage, result);
        }
        return result;
    }

    private Rows apply(Stage stage, Rows rows) {
        return switch (stage) {
            case Unwind unwind -> unwind(unwind, rows);
            case Group group -> new Grouping(conditions, rows).of(group);
            case Sort sort -> sort(sort.keys(), rows);
            case Project project -> project(project, rows);
            case Limit limit -> part(rows, select -> select.limit(limit.rows()));
            case Skip skip -> part(rows, select -> select.offset(skip.rows()));
            case Count count -> count(count, rows);
        };
    }

    /** @param apart whether the condition decides by itself how rows are found, whatever is made of them later */
    Rows where(Rows rows, Condition condition, boolean apart) {
        Derived derived = new Derived(rows);
        Map<String, Column> columns = derived.addAll(rows.columns());
        List<OrderTerm> order = derived.addOrder(rows);
        List<Field<?>> ties = derived.addTies(rows);
        SelectConditionStep<?> passing =
                DSL.select(derived.selected()).from(rows.table()).where(condition);
        return derived.rows(apart ? passing.offset(Sql.FENCE) : passing, columns, order, ties);
    }

    /** A single value counts as a list of itself, a null as none. */
    Rows unwind(Unwind unwind, Rows rows) {
        List<String> rest = unwind.path().path().rest();
        Field<JSONB> list = unwind.path().kind() == FieldKind.NONE
                ? DSL.inline((JSONB) null)
                : rows.column(unwind.path().path()).exactlyAt(rest);
        Derived derived = new Derived(rows);
        Map<String, Column> columns = derived.addAll(rows.columns());
        List<OrderTerm> order = derived.addOrder(rows);
        Field<JSONB> element = derived.add(DSL.field("element.v", JSONB.class));
        Field<Long> position = derived.add(DSL.field("element.n", Long.class));
        List<Field<?>> ties = Stream.<Field<?>>concat(derived.addTies(rows).stream(), Stream.of(position))
                .toList();
        columns.computeIfPresent(
                unwind.path().path().top(),
                (name, column) -> column.kind() == FieldKind.JSON ? column.unwound(rest, element) : column);
        Rows unwound = derived.rows(
                DSL.select(derived.selected()).from(rows.table()).crossJoin(DSL.lateral(DSL.table(ELEMENTS, list))),
                columns,
                order,
                ties);
        return unwind.filter().isEmpty() ? unwound : where(unwound, conditions.allOf(unwind.filter(), unwound), false);
    }

    /** Each key is read in a table of its own: its order names it several times. */
    Rows sort(List<SortKey> keys, Rows rows) {
        Derived derived = new Derived(rows);
        Map<String, Column> columns = derived.addAll(rows.columns());
        List<OrderTerm> order = keys.stream()
                .flatMap(key -> OrderTerm.of(derived.add(rows.value(key.field())), key.descending()).stream())
                .toList();
        List<Field<?>> ties = derived.addTies(rows);
        return derived.rows(DSL.select(derived.selected()).from(rows.table()), columns, order, ties);
    }

    private Rows project(Project project, Rows rows) {
        Derived derived = new Derived(rows);
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String name : project.kept()) {
            Column kept = rows.columns().get(name);
            columns.put(name, kept == null ? Column.unset() : derived.add(kept));
        }
        for (ProjectField field : project.fields()) {
            columns.put(field.name(), derived.add(ProjectOperators.of(field, rows)));
        }
        List<OrderTerm> order = derived.addOrder(rows);
        List<Field<?>> ties = derived.addTies(rows);
        return derived.rows(DSL.select(derived.selected()).from(rows.table()), columns, order, ties);
    }

    private Rows count(Count count, Rows rows) {
        Derived derived = new Derived(rows);
        Column number = Column.of(FieldKind.NUMBER, derived.add(DSL.field("count(*)", java.math.BigDecimal.class)));
        return derived.rows(
                DSL.select(derived.selected()).from(rows.table()), Map.of(count.name(), number), List.of(), List.of());
    }

    /** A cut through the rows in their order, which stays theirs. */
    private static Rows part(Rows rows, java.util.function.Function<SelectLimitStep<?>, Select<?>> cut) {
        Derived derived = new Derived(rows);
        Map<String, Column> columns = derived.addAll(rows.columns());
        List<OrderTerm> order = derived.addOrder(rows);
        List<Field<?>> ties = derived.addTies(rows);
        List<SelectField<?>> selected = derived.selected();
        return derived.rows(
                cut.apply(DSL.select(selected).from(rows.table()).orderBy(rows.sortFields())), columns, order, ties);
    }
}
