package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.QuerySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a resource's rows are and how they become answers. Fields and columns have the same names. Every
 * query reads from {@link #visibleTo}, which says in SQL what {@link Caller#sees} says of one row.
 *
 * @param table a table of the read model, or anything with its columns
 * @param lists JSON columns whose empty list is served as, and counts as, unset
 * @param flags boolean columns
 * @param asSent free JSON columns, beside each of which a column {@code ..._as_sent} holds what to answer
 * @param place what rows belong to
 * @param leavesTombstones whether rows of what was deleted stay in the table
 * @param served one row of a statistics answer where no stage has changed the rows' fields
 */
public record Resource<R>(
        QuerySchema schema,
        TableLike<?> table,
        Set<String> lists,
        Set<String> flags,
        Set<String> asSent,
        Place place,
        boolean leavesTombstones,
        Function<AnswerRow, R> reader,
        UnaryOperator<ObjectNode> served) {

    private static final Name TABLE = DSL.name("stored");
    private static final Name TASK = DSL.name("task");

    /** What a row belongs to, and with it who may see it. */
    public enum Place {
        /** A domain as a whole. */
        DOMAIN,
        /** A workspace and the project that the row names. */
        PROJECT,
        /** A workspace and the project that the row's task is in, wherever it was then; where it is deleted, its last. */
        PROJECT_OF_TASK
    }

    /** The same resource, read from somewhere else that has the same columns. */
    public Resource<R> from(TableLike<?> other) {
        return new Resource<>(schema, other, lists, flags, asSent, place, leavesTombstones, reader, served);
    }

    /** The innermost derived table: what this caller may see, and nothing that was deleted. */
    Rows visibleTo(Caller caller) {
        Derived derived = Derived.innermost();
        Map<String, Column> columns = new LinkedHashMap<>();
        schema.fields().forEach((name, kind) -> columns.put(name, column(name, kind, derived)));
        Field<?> id = java.util.Objects.requireNonNull(columns.get(schema.id())).field();
        return derived.rows(
                DSL.select(derived.selected())
                        .from(table.asTable(DSL.table(TABLE)))
                        .where(visible(caller)),
                columns,
                List.of(),
                List.of(id));
    }

    private Column column(String name, FieldKind kind, Derived derived) {
        return switch (kind) {
            case TEXT -> Column.of(kind, derived.add(stored(name, SQLDataType.CLOB)));
            case TIME -> Column.of(kind, derived.add(stored(name, SQLDataType.TIMESTAMPWITHTIMEZONE)));
            case JSON -> json(name, derived);
            case NUMBER, NONE -> throw new IllegalArgumentException(name);
        };
    }

    private Column json(String name, Derived derived) {
        if (flags.contains(name)) {
            return Column.of(
                    FieldKind.JSON,
                    derived.add(DSL.field("to_jsonb({0})", JSONB.class, stored(name, SQLDataType.BOOLEAN))));
        }
        Field<JSONB> column = stored(name, SQLDataType.JSONB);
        if (lists.contains(name)) {
            return Column.of(FieldKind.JSON, derived.add(DSL.field("nullif({0}, '[]'::jsonb)", JSONB.class, column)));
        }
        return asSent.contains(name)
                ? new Column(
                        FieldKind.JSON,
                        derived.add(column),
                        false,
                        true,
                        derived.add(stored(name + "_as_sent", SQLDataType.JSON)),
                        List.of())
                : Column.of(FieldKind.JSON, derived.add(column));
    }

    private Condition visible(Caller caller) {
        List<Condition> all = new ArrayList<>();
        if (leavesTombstones) {
            all.add(DSL.not(DSL.condition(stored("deleted", SQLDataType.BOOLEAN))));
        }
        if (caller.role() == Role.USER) {
            all.add(DSL.falseCondition());
        }
        if (caller.role() != Role.SYSTEM_ADMIN) {
            all.add(stored("domain_id", SQLDataType.CLOB).eq(caller.domainId()));
        }
        if (place != Place.DOMAIN
                && (caller.role() == Role.WORKSPACE_OWNER || caller.role() == Role.WORKSPACE_MEMBER)) {
            all.add(stored("workspace_id", SQLDataType.CLOB).eq(caller.workspaceId()));
            caller.visibleProjects().ifPresent(projects -> all.add(inProjects(caller, List.copyOf(projects))));
        }
        return DSL.and(all);
    }

    private Condition inProjects(Caller caller, List<String> projects) {
        if (place == Place.PROJECT) {
            return Sql.anyOf(stored("project_id", SQLDataType.CLOB), projects);
        }
        // Each half has an index of its own.
        Condition deleted = DSL.condition(column(TASK, "deleted", SQLDataType.BOOLEAN));
        return stored("task_id", SQLDataType.CLOB)
                .in(tasks(caller, projects, DSL.not(deleted)).unionAll(tasks(caller, projects, deleted)));
    }

    private static Select<Record1<String>> tasks(Caller caller, List<String> projects, Condition which) {
        return DSL.select(column(TASK, "task_id", SQLDataType.CLOB))
                .from(DSL.table(TASK))
                .where(which)
                .and(column(TASK, "domain_id", SQLDataType.CLOB).eq(caller.domainId()))
                .and(column(TASK, "workspace_id", SQLDataType.CLOB).eq(caller.workspaceId()))
                .and(Sql.anyOf(column(TASK, "project_id", SQLDataType.CLOB), projects));
    }

    private static <T> Field<T> stored(String name, DataType<T> type) {
        return column(TABLE, name, type);
    }

    private static <T> Field<T> column(Name table, String name, DataType<T> type) {
        return DSL.field(table.append(DSL.name(name)), type);
    }
}
