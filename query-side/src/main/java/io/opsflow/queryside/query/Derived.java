package io.opsflow.queryside.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A derived table in the making: fields are added by what they are below and come back as what they are above. Their
 * names are counted here, never taken from a request.
 */
final class Derived {

    private final Name alias;
    private final int depth;
    private final List<SelectField<?>> selected = new ArrayList<>();

    /** A table over these rows. */
    Derived(Rows below) {
        this(below.depth() + 1);
    }

    private Derived(int depth) {
        this.depth = depth;
        this.alias = DSL.name("rows" + depth);
    }

    /** A table over a table of the database. */
    static Derived innermost() {
        return new Derived(1);
    }

    <T> Field<T> add(Field<T> below) {
        Name name = DSL.name("c" + selected.size());
        selected.add(below.as(name));
        return DSL.field(alias.append(name), below.getDataType());
    }

    Column add(Column below) {
        @Nullable Field<?> asSent = below.asSent();
        return below.from(
                add(below.field()),
                asSent == null ? null : add(asSent),
                below.elements().stream()
                        .map(element -> new Column.Element(element.path(), add(element.value())))
                        .toList());
    }

    Map<String, Column> addAll(Map<String, Column> below) {
        Map<String, Column> above = new LinkedHashMap<>();
        below.forEach((name, column) -> above.put(name, add(column)));
        return above;
    }

    List<OrderTerm> addOrder(Rows below) {
        return below.order().stream()
                .map(term -> new OrderTerm(add(term.field()), term.descending()))
                .toList();
    }

    List<Field<?>> addTies(Rows below) {
        return below.ties().stream().<Field<?>>map(this::add).toList();
    }

    List<SelectField<?>> selected() {
        return selected.isEmpty() ? List.of(DSL.inline(1).as("nothing")) : selected;
    }

    /** @param select of {@link #selected()} */
    Rows rows(Select<?> select, Map<String, Column> columns, List<OrderTerm> order, List<? extends Field<?>> ties) {
        return new Rows(select.asTable(DSL.table(alias)), depth, columns, order, List.copyOf(ties));
    }
}
