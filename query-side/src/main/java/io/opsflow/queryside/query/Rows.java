package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldPath;
import io.opsflow.api.query.FieldRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;

/**
 * The rows at one point of a query: a derived table and what its columns mean.
 *
 * @param depth how many derived tables lie one in the other
 * @param columns by the names that the query knows, in the order of an answer
 * @param order what the last sort asked for; empty where the rows have no order
 * @param ties columns that tell rows apart, to order what a sort leaves equal
 */
record Rows(Table<?> table, int depth, Map<String, Column> columns, List<OrderTerm> order, List<Field<?>> ties) {

    /** What a group, a sort or a projection reads. */
    Column value(FieldRef reference) {
        return switch (reference.kind()) {
            case NONE -> Column.unset();
            default -> column(reference.path()).at(reference.path().rest());
        };
    }

    /** What a condition looks at. */
    Operand operand(FieldRef reference) {
        return switch (reference.kind()) {
            case NONE -> new NoValues();
            default -> column(reference.path()).operand(reference.path().rest());
        };
    }

    Column column(FieldPath path) {
        Column column = columns.get(path.top());
        return column == null ? Column.unset() : column;
    }

    Rows ordered(List<OrderTerm> terms) {
        return new Rows(table, depth, columns, terms, ties);
    }

    /** By the last sort, and then by what tells rows apart; empty where nothing was sorted. */
    List<SortField<?>> sortFields() {
        return order.isEmpty() ? List.of() : stableSortFields();
    }

    /** An order even where nothing was sorted, so that pages fit together. */
    List<SortField<?>> stableSortFields() {
        return Stream.<SortField<?>>concat(
                        order.stream().map(OrderTerm::sortField), ties.stream().<SortField<?>>map(Field::asc))
                .toList();
    }
}
