package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.query.FieldPath;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Page;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One list: the rows that pass, cut to a page, as answers of the resource. */
record Listing<R>(Resource<R> resource, Query query, Conditions conditions) {

    ListAnswer<R> answer(DSLContext dsl, Caller caller, AnswerSize size) {
        Stages stages = new Stages(conditions);
        Rows passing = Filters.apply(
                query.filter(),
                query.filterOr(),
                query.keywords(),
                resource.visibleTo(caller),
                resource.schema(),
                stages);
        Rows rows = query.unwind() == null ? passing : stages.unwind(query.unwind(), passing);
        if (query.countOnly()) {
            return new ListAnswer<>(List.of(), total(dsl, rows));
        }
        Page page = query.page();
        Excerpt asked = query.only().isEmpty()
                ? Excerpt.WHOLE
                : Excerpt.along(query.only().stream().map(FieldPath::parts).toList());
        Rows sorted = sorted(rows, stages);
        List<String> names = List.copyOf(needed());
        List<Field<?>> fields =
                names.stream().<Field<?>>map(name -> answered(sorted, name)).toList();
        Paging<R> paging = Paging.fetch(
                dsl,
                sorted,
                fields,
                page,
                page.isLimited() ? page.limit() : Page.MAX_LIMIT,
                Portions::read,
                size,
                row -> resource.reader().apply(new AnswerRow(values(names, row), asked)));
        return new ListAnswer<>(paging.results(), paging.totalCount());
    }

    private Rows sorted(Rows rows, Stages stages) {
        return query.sort().isEmpty()
                ? rows.ordered(OrderTerm.of(column(rows, QuerySchema.CREATED_AT), true))
                : stages.sort(query.sort(), rows);
    }

    /** What was asked for, and the ids that answers are made of. */
    private Set<String> needed() {
        Set<String> schema = resource.schema().fields().keySet();
        if (query.only().isEmpty()) {
            return schema;
        }
        Set<String> needed = new LinkedHashSet<>(
                schema.stream().filter(name -> name.endsWith("_id")).toList());
        query.only().stream().map(FieldPath::top).forEach(needed::add);
        return needed;
    }

    private static Field<?> answered(Rows rows, String name) {
        Column column = column(rows, name);
        if (column.asSent() != null) {
            return column.asSent();
        }
        return switch (column.kind()) {
            case JSON -> column.json();
            default -> column.field();
        };
    }

    private static Column column(Rows rows, String name) {
        return Objects.requireNonNull(rows.columns().get(name));
    }

    private static long total(DSLContext dsl, Rows rows) {
        return dsl.select(DSL.count().cast(Long.class))
                .from(rows.table())
                .fetchSingle()
                .value1();
    }

    private static Map<String, @Nullable Object> values(List<String> names, Record row) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), row.get(i));
        }
        return values;
    }
}
