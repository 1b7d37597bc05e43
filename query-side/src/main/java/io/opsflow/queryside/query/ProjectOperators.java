package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.ProjectOperator;
import io.opsflow.api.query.Stage.ProjectField;
import java.math.BigDecimal;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/** What a project makes of a value. What an operator cannot read never fails: it counts as nothing. */
final class ProjectOperators {

    private static final String SIZE = """
            case when jsonb_typeof({0}) = 'array' then jsonb_array_length({0}) else 0 end::numeric""";

    private static final String SUM = """
            case jsonb_typeof({0})
                when 'number' then ({0})::numeric
                when 'array' then (select coalesce(sum(element.v::numeric), 0)
                                     from jsonb_path_query({0}, 'strict $[*]') as element(v)
                                    where jsonb_typeof(element.v) = 'number')
                else 0
            end""";

    // Pairs come as objects of k and v or as lists of two; a later one wins.
    private static final String ARRAY_TO_OBJECT = """
            case when jsonb_typeof({0}) = 'array' then
                (select coalesce(jsonb_object_agg(pair.k #>> array[]::text[], pair.v order by pair.n), '{}'::jsonb)
                   from (select n,
                                case jsonb_typeof(v) when 'object' then v -> 'k' when 'array' then v -> 0 end,
                                case jsonb_typeof(v) when 'object' then v -> 'v' when 'array' then v -> 1 end
                           from jsonb_array_elements({0}) with ordinality as element(v, n)) as pair(n, k, v)
                  where jsonb_typeof(pair.k) in ('string', 'number') and pair.v is not null)
            end""";

    private static final String OBJECT_TO_ARRAY = """
            case when jsonb_typeof({0}) = 'object' then
                (select coalesce(jsonb_agg(jsonb_build_object('k', member.k, 'v', member.v)), '[]'::jsonb)
                   from jsonb_each({0}) as member(k, v))
            end""";

    private ProjectOperators() {}

    static Column of(ProjectField field, Rows rows) {
        Column source = rows.value(field.source());
        ProjectOperator operator = field.operator();
        if (operator == null) {
            return source;
        }
        Field<JSONB> value = source.json();
        return switch (operator) {
            case SIZE -> Column.of(FieldKind.NUMBER, DSL.field(SIZE, BigDecimal.class, value));
            case SUM -> Column.of(FieldKind.NUMBER, DSL.field(SUM, BigDecimal.class, value));
            case ARRAY_TO_OBJECT -> Column.ofNullable(FieldKind.JSON, DSL.field(ARRAY_TO_OBJECT, JSONB.class, value));
            case OBJECT_TO_ARRAY -> Column.ofNullable(FieldKind.JSON, DSL.field(OBJECT_TO_ARRAY, JSONB.class, value));
        };
    }
}
