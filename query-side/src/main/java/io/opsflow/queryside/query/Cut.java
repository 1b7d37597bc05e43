package io.opsflow.queryside.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A query's rows in their order as far as they can be an answer, which PostgreSQL itself looks after: the driver keeps
 * whatever it is sent in memory before anybody can count it, and its own limit, maxResultBuffer, adds up all that a
 * connection ever reads. A last column tells whether the rows still can be one; in the row that makes them too large,
 * which is the last, all else is null.
 */
final class Cut {

    private static final Field<Long> SIZE = DSL.field(DSL.name("size"), Long.class);
    private static final Field<BigDecimal> READ = DSL.field(DSL.name("read"), BigDecimal.class);
    private static final Field<BigDecimal> MOST = DSL.inline(BigDecimal.valueOf(AnswerSize.MOST_BYTES));
    private static final Condition FITS = READ.le(MOST);

    private Cut() {}

    /** @param atMost how many rows there may be */
    static ResultQuery<? extends Record> of(DSLContext dsl, SelectLimitStep<? extends Record> query, int atMost) {
        // With a limit its rows stay in their order: else PostgreSQL's other processes might bring them in any.
        Select<? extends Record> limited = query.limit(DSL.inline(Math.min(atMost, AnswerSize.MOST_ROWS + 1)));
        List<Field<?>> columns = columns(limited.getSelect());
        List<String> names = columns.stream().<String>map(Field::getName).toList();
        Table<?> measured = DSL.select(DSL.asterisk(), size(columns).as(SIZE))
                .from(limited.asTable("answer", names))
                .offset(Sql.FENCE)
                .asTable("measured");
        Table<?> added = DSL.select(
                        DSL.asterisk(),
                        DSL.field("sum({0}) over (rows unbounded preceding)", BigDecimal.class, SIZE)
                                .as(READ))
                .from(measured)
                .asTable("added");
        List<Field<?>> cut = new ArrayList<>();
        columns.forEach(column -> cut.add(DSL.when(FITS, column)));
        cut.add(DSL.field(FITS));
        return dsl.select(cut).from(added).where(READ.minus(SIZE).le(MOST));
    }

    /** @param row of {@link #of} */
    static boolean fits(Record row) {
        return row.get(row.size() - 1, Boolean.class);
    }

    private static List<Field<?>> columns(List<Field<?>> selected) {
        return IntStream.range(0, selected.size())
                .<Field<?>>mapToObj(
                        i -> DSL.field(DSL.name("c" + i), selected.get(i).getDataType()))
                .toList();
    }

    /** In bytes. */
    private static Field<Long> size(List<Field<?>> columns) {
        Field<Long> size = DSL.inline(AnswerSize.ofRow(columns.size()));
        for (Field<?> column : columns) {
            size = size.plus(Sql.sizeOfText(column));
        }
        return size;
    }
}
