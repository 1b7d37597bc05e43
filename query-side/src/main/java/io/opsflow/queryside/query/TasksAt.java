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
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * All tasks as they were at a moment, with the columns of the table {@code task}: those that have not changed since, and
 * what the others were then.
 */
public final class TasksAt {

    private static final Name NOW = DSL.name("task");
    private static final Name PAST = DSL.name("task_past");
    private static final Name STATES = DSL.name("states");
    private static final String VALID_TO = "valid_to";

    private TasksAt() {}

    /** @param at in whole milliseconds; what changed in that millisecond counts as changed */
    public static TableLike<?> of(Instant at) {
        Field<OffsetDateTime> then = DSL.val(at.atOffset(ZoneOffset.UTC));
        Condition wasSo =
                time(STATES, "updated_at").le(then).and(time(STATES, VALID_TO).gt(then));
        return DSL.selectFrom(states().asTable(DSL.table(STATES))).where(wasSo);
    }

    /** The moment stands outside: PostgreSQL reads a union by the indexes of its tables, but only of whole ones. */
    private static Select<?> states() {
        Field<OffsetDateTime> ever = DSL.field("timestamptz 'infinity'", OffsetDateTime.class);
        Select<Record> now = DSL.select(columns(
                        NOW, column(NOW, "data", SQLDataType.JSONB), column(NOW, "deleted", SQLDataType.BOOLEAN), ever))
                .from(DSL.table(NOW));
        return now.unionAll(DSL.select(columns(
                        PAST,
                        DSL.field("{0}::jsonb", JSONB.class, column(PAST, "data_as_sent", SQLDataType.JSON)),
                        DSL.inline(false),
                        time(PAST, VALID_TO)))
                .from(DSL.table(PAST)));
    }

    private static List<SelectField<?>> columns(
            Name table, Field<JSONB> data, Field<Boolean> deleted, Field<OffsetDateTime> validTo) {
        List<SelectField<?>> columns = new ArrayList<>();
        QuerySchema.TASK
                .fields()
                .keySet()
                .forEach(name ->
                        columns.add(name.equals("data") ? data.as(name) : column(table, name, SQLDataType.OTHER)));
        columns.add(column(table, "data_as_sent", SQLDataType.JSON));
        columns.add(deleted.as("deleted"));
        columns.add(validTo.as(VALID_TO));
        return columns;
    }

    private static Field<OffsetDateTime> time(Name table, String name) {
        return column(table, name, SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private static <T> Field<T> column(Name table, String name, DataType<T> type) {
        return DSL.field(table.append(DSL.name(name)), type);
    }
}
