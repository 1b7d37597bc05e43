package io.opsflow.queryside.query;

import java.util.List;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/** One expression that rows are ordered by; what is unset comes first, or last where it is descending. */
record OrderTerm(Field<?> field, boolean descending) {

    // Unset and null come first, objects and lists are equal among themselves, false stands before true.
    private static final String RANK = """
            case jsonb_typeof({0})
                when 'number' then 1
                when 'string' then 2
                when 'object' then 3
                when 'array' then 3
                when 'boolean' then case when {0} = 'true'::jsonb then 5 else 4 end
                else 0
            end""";

    /** How values of this column are ordered. JSON's own order would go by the database's collation. */
    static List<OrderTerm> of(Column column, boolean descending) {
        return switch (column.kind()) {
            case NONE -> List.of();
            case TEXT, TIME, NUMBER -> List.of(new OrderTerm(column.field(), descending));
            case JSON -> {
                Field<JSONB> value = column.json();
                Field<String> text = DSL.field(
                        "case when jsonb_typeof({0}) = 'string' then {1} end", String.class, value, Sql.textOf(value));
                yield Stream.of(DSL.field(RANK, Integer.class, value), Sql.numberOf(value), text)
                        .map(field -> new OrderTerm(field, descending))
                        .toList();
            }
        };
    }

    SortField<?> sortField() {
        return descending ? field.desc().nullsLast() : field.asc().nullsFirst();
    }
}
