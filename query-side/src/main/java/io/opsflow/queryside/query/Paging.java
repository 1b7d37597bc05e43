package io.opsflow.queryside.query;

import io.opsflow.api.query.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A page and the number of all rows in one statement. The count is joined, not carried by a window function, which
 * would read every row in full; and it is there even for a page past the end. The page's numbers are written into the
 * statement: PostgreSQL would not know that it is small, and plan anew for every page.
 *
 * @param records the page's rows with the fields asked for, in their order
 */
record Paging(List<? extends Record> records, long totalCount) {

    static Paging fetch(DSLContext dsl, Rows rows, List<Field<?>> fields, Page page, int limit) {
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
        Result<? extends Record> result = dsl.select(
                        Stream.concat(wanted.stream(), Stream.of(there, total)).toList())
                .from(counted.leftJoin(part.table()).on(DSL.trueCondition()))
                .orderBy(part.stableSortFields())
                .fetch();
        int thereIndex = wanted.size();
        return new Paging(
                result.stream().filter(row -> row.get(thereIndex) != null).toList(),
                result.getFirst().get(thereIndex + 1, Long.class));
    }
}
