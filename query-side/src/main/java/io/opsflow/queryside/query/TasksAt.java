package io.opsflow.queryside.query;

import io.opsflow.api.query.QuerySchema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.SelectField;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * All tasks as they were at a moment, with the columns of the table {@code task}: those that have not changed since, and
 * what the others were then. PostgreSQL sees through it, so conditions on it reach the indexes of both tables.
 */
public final class TasksAt {

    private static final Name NOW = DSL.name("task");
    private static final Name PAST = DSL.name("task_past");

    private TasksAt() {}

    /** @param at in whole milliseconds; what changed in that millisecond counts as changed */
    public static TableLike<?> of(Instant at) {
        Field<OffsetDateTime> then = DSL.val(at.atOffset(ZoneOffset.UTC));
        Condition unchanged = time(NOW, "updated_at").le(then);
        Condition wasSo =
                time(PAST, "updated_at").le(then).and(time(PAST, "valid_to").gt(then));
        return DSL.select(columns(
                        NOW, column(NOW, "data", SQLDataType.JSONB), column(NOW, "deleted", SQLDataType.BOOLEAN)))
                .from(DSL.table(NOW))
                .where(unchanged)
                .unionAll(DSL.select(columns(
                                PAST,
                                DSL.field("{0}::jsonb", JSONB.class, column(PAST, "data_as_sent", SQLDataType.JSON)),
                                DSL.inline(false)))
                        .from(DSL.table(PAST))
                        .where(wasSo));
    }

    private static List<SelectField<?>> columns(Name table, Field<JSONB> data, Field<Boolean> deleted) {
        List<SelectField<?>> columns = new ArrayList<>();
        QuerySchema.TASK
                .fields()
                .keySet()
                .forEach(name ->
                        columns.add(name.equals("data") ? data.as(name) : column(table, name, SQLDataType.OTHER)));
        columns.add(column(table, "data_as_sent", SQLDataType.JSON));
        columns.add(deleted.as("deleted"));
        return columns;
    }

    private static Field<OffsetDateTime> time(Name table, String name) {
        return column(table, name, SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private static <T> Field<T> column(Name table, String name, DataType<T> type) {
        return DSL.field(table.append(DSL.name(name)), type);
    }
}
