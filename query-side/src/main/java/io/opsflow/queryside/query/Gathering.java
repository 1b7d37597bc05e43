package io.opsflow.queryside.query;

import io.opsflow.api.query.Accumulator;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * How much the groups of a stage keep until they have seen their last row. PostgreSQL sets no limit to that: it takes the
 * memory, and does not look at the time meanwhile. So the rows are counted on their way into the groups, and the one with
 * which it becomes too much ends the statement.
 */
final class Gathering {

    /** What the statement ends with: a division by zero, which nothing else in a query can be. */
    static final String TOO_MUCH = "22012";

    /** Of text, in lists of JSON: as many as an answer may have characters. {@link #IN_JSON} times as many in arrays. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /** A value in a list of JSON takes several times its text, as measured; in an array about once. */
    private static final int IN_JSON = 4;

    /** What a value takes beside its text. */
    private static final long VALUE = 16;

    private static final Field<BigDecimal> KEPT = DSL.field(DSL.name("kept"), BigDecimal.class);

    private final List<Field<Long>> sizes;

    private Gathering(List<Field<Long>> sizes) {
        this.sizes = sizes;
    }

    record Kept(Accumulator operator, Column value) {

        private int weight() {
            return switch (operator) {
                case FIRST, LAST -> 1;
                case PUSH, ADD_TO_SET, MERGE_OBJECTS -> IN_JSON;
                case COUNT, SUM, AVERAGE, MAX, MIN -> 0;
            };
        }

        private Field<Long> size() {
            return Sql.sizeOfText(value.field()).plus(VALUE).times(weight());
        }
    }

    static Gathering of(List<Kept> fields) {
        return new Gathering(fields.stream()
                .filter(field -> field.weight() > 0)
                .map(Kept::size)
                .toList());
    }

    /** The same rows under the same name, counted. */
    Table<?> counted(Table<?> rows) {
        if (sizes.isEmpty()) {
            return rows;
        }
        Field<Long> size = sizes.stream().reduce(Field::plus).orElseThrow();
        return DSL.select(
                        DSL.asterisk(),
                        DSL.field("sum({0}) over (rows unbounded preceding)", BigDecimal.class, size)
                                .as(KEPT))
                .from(rows)
                .asTable(DSL.table(rows.getUnqualifiedName()));
    }

    /** Passes every counted row, or ends the statement. */
    Condition fits() {
        return sizes.isEmpty()
                ? DSL.noCondition()
                : DSL.condition(
                        "1 / (case when {0} > {1} then 0 else 1 end) = 1", KEPT, DSL.inline(IN_JSON * MOST_BYTES));
    }
}
