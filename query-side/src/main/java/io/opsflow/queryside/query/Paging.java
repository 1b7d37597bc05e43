package io.opsflow.queryside.query;

import io.opsflow.api.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A page and the number of all rows in one statement. The count is joined, not carried by a window function, which
 * would read every row in full; and it is there even for a page past the end. The page's numbers are written into the
 * statement: PostgreSQL would not know that it is small, and plan anew for every page.
 *
 * @param results the page's rows, in their order
 */
record Paging<R>(List<R> results, long totalCount) {

    /**
     * @param way to read the rows
     * @param size of the answer that they become
     * @param reader of a record that has the fields asked for, in their order
     */
    static <R> Paging<R> fetch(
            DSLContext dsl,
            Rows rows,
            List<Field<?>> fields,
            Page page,
            int limit,
            Portions.Way way,
            AnswerSize size,
            Function<Record, R> reader) {
        Derived derived = new Derived(rows);
        List<Field<?>> wanted = fields.stream().<Field<?>>map(derived::add).toList();
        Field<Boolean> there = derived.add(DSL.inline(true));
        List<OrderTerm> order = derived.addOrder(rows);
        List<Field<?>> ties = derived.addTies(rows);
        Select<?> cut = DSL.select(derived.selected())
                .from(rows.table())
                .orderBy(rows.stableSortFields())
                .limit(DSL.inline(limit))
                .offset(DSL.inline(page.offset()));
        Rows part = derived.rows(cut, Map.of(), order, ties);
        Field<Long> total = DSL.field(DSL.name("counted", "total"), Long.class);
        Table<?> counted = DSL.select(DSL.count().cast(Long.class).as("total"))
                .from(rows.table())
                .asTable("counted");
        SelectLimitStep<? extends Record> query = dsl.select(
                        Stream.concat(wanted.stream(), Stream.of(there, total)).toList())
                .from(counted.leftJoin(part.table()).on(DSL.trueCondition()))
                .orderBy(part.stableSortFields());
        int thereIndex = wanted.size();
        List<R> results = new ArrayList<>();
        AtomicLong totalCount = new AtomicLong();
        way.read(dsl, query, limit, size, row -> {
            totalCount.set(row.get(thereIndex + 1, Long.class));
            if (row.get(thereIndex) != null) {
                results.add(reader.apply(row));
            }
        });
        return new Paging<>(results, totalCount.get());
    }
}
