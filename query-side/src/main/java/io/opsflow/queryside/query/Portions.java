package io.opsflow.queryside.query;

import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectLimitStep;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an answer so that it does not take much memory before somebody knows how large it is. */
final class Portions {

    /** However large they are, so many rows are no harm. */
    private static final int ROWS = 100;

    private Portions() {}

    /** A way to read a query. */
    interface Way {
        void read(
                DSLContext dsl,
                SelectLimitStep<? extends Record> query,
                int atMost,
                AnswerSize size,
                Consumer<Record> reader);
    }

    /**
     * Reads rows that are stored, or not much larger. Few come at once. More come by a cursor, which costs a transaction
     * and PostgreSQL's other processes.
     *
     * @param atMost how many rows there may be
     * @throws io.opsflow.api.error.ApiException as {@link AnswerSize#addRow}
     */
    static void read(
            DSLContext dsl, ResultQuery<? extends Record> query, int atMost, AnswerSize size, Consumer<Record> reader) {
        receive(dsl, query, atMost, counted(size, reader));
    }

    /**
     * Reads likewise what stages have made, where one row may hold what all others hold. What is too large is not even
     * received.
     */
    static void readMade(
            DSLContext dsl,
            SelectLimitStep<? extends Record> query,
            int atMost,
            AnswerSize size,
            Consumer<Record> reader) {
        receive(dsl, Cut.of(dsl, query, atMost), atMost, countedOfCut(size, reader));
    }

    /**
     * Reads likewise, but at once, what PostgreSQL, with the help of its other processes, has gathered into few rows, as
     * long as they are few.
     *
     * @throws io.opsflow.api.error.ApiException ERROR_INVALID_PARAMETER where they are too many, or too large together
     */
    static void readGathered(
            DSLContext dsl, SelectLimitStep<? extends Record> query, AnswerSize size, Consumer<Record> reader) {
        receiveAtOnce(Cut.of(dsl, query, Integer.MAX_VALUE), countedOfCut(size, reader));
    }

    private static void receive(
            DSLContext dsl, ResultQuery<? extends Record> query, int atMost, Consumer<Record> reader) {
        if (atMost <= ROWS) {
            receiveAtOnce(query, reader);
            return;
        }
        dsl.transaction(transaction -> {
            try (Cursor<? extends Record> rows = transaction.dsl().fetchLazy(query.fetchSize(ROWS))) {
                rows.forEach(reader);
            }
        });
    }

    /** Row by row all the same: the driver has them all, but only as they were sent. */
    private static void receiveAtOnce(ResultQuery<? extends Record> query, Consumer<Record> reader) {
        try (Cursor<? extends Record> rows = query.fetchLazy()) {
            rows.forEach(reader);
        }
    }

    private static Consumer<Record> counted(AnswerSize size, Consumer<Record> reader) {
        return row -> {
            size.addRow(row.size(), textOf(row));
            reader.accept(row);
        };
    }

    private static Consumer<Record> countedOfCut(AnswerSize size, Consumer<Record> reader) {
        return row -> {
            if (!Cut.fits(row)) {
                throw size.tooLarge();
            }
            size.addRow(row.size() - 1, textOf(row));
            reader.accept(row);
        };
    }

    private static long textOf(Record row) {
        long characters = 0;
        for (int i = 0; i < row.size(); i++) {
            characters += textOf(row.get(i));
        }
        return characters;
    }

    private static long textOf(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof JSON json) {
            return AnswerSize.ofJson(json.data());
        }
        return value instanceof JSONB json ? AnswerSize.ofJson(json.data()) : 0;
    }
}
