package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.FieldRef;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The values of one field, each once, in their order. */
final class Distinct {

    private static final String VALUE = "value";

    private Distinct() {}

    static Rows of(FieldRef field, Rows rows) {
        Derived derived = new Derived(rows);
        Column value = rows.value(field);
        Rows distinct;
        if (value.kind() == FieldKind.JSON && rows.operand(field) instanceof JsonOperand json) {
            Table<?> values = json.values("? (@.type() != \"null\")");
            Column column = Column.of(FieldKind.JSON, derived.add(DSL.field("found.v", JSONB.class)));
            distinct = derived.rows(
                    DSL.selectDistinct(derived.selected()).from(rows.table()).crossJoin(values),
                    Map.of(VALUE, column),
                    List.of(),
                    List.of());
        } else {
            Field<?> set = value.field();
            Column column = Column.of(value.kind(), derived.add(set));
            distinct = derived.rows(
                    DSL.selectDistinct(derived.selected()).from(rows.table()).where(set.isNotNull()),
                    Map.of(VALUE, column),
                    List.of(),
                    List.of());
        }
        Column column = distinct.columns().get(VALUE);
        return distinct.ordered(OrderTerm.of(java.util.Objects.requireNonNull(column), false));
    }
}
