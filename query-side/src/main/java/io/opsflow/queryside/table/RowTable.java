package io.opsflow.queryside.table;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Stream.concat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * A table and the objects that are its rows. Many rows travel in one statement: an array for each column, or where
 * very many are added, a {@link Copy}. It names no schema: the connection's search path says which generation of
 * the read model is meant.
 *
 * @param <R> the class of its rows
 */
public final class RowTable<R> {

    /** From so many rows on a copy is quicker than arrays, though it takes one more round trip. */
    private static final int WORTH_A_COPY = 100;

    /** An array is one text on its way, and Java's collector has its trouble with large ones. */
    private static final int MOST_IN_ARRAYS = 500;

    private final @Nullable Supplier<R> blank;
    private final List<Column<R, ?>> columns;
    private final Copy<R> copy;
    private final String find;
    private final String insert;
    private final String insertMissing;
    private final String save;

    private record Column<R, T>(
            String name,
            ColumnType<T> type,
            Function<R, @Nullable T> get,
            @Nullable BiConsumer<R, @Nullable T> set) {

        SqlArrayValue sent(List<R> rows) {
            return new SqlArrayValue(
                    type.element,
                    rows.stream().map(row -> type.sent(get.apply(row))).toArray());
        }

        void write(R row, CopyBuffer buffer) {
            type.write(get.apply(row), buffer);
        }

        void read(R row, ResultSet from, int index) throws SQLException {
            Objects.requireNonNull(set, name).accept(row, type.read(from, index));
        }
    }

    private RowTable(Builder<R> table) {
        blank = table.blank;
        columns = List.copyOf(table.columns);
        copy = new Copy<>(table.name, table.targets, table.writers);
        String names = names(columns.stream());
        String key = columns.getFirst().name;
        find = "select %s from %s where %s = any (?)".formatted(names, table.name, key);
        insert = "insert into %s (%s) select %s from unnest(%s) as row (%s)"
                .formatted(
                        table.name,
                        String.join(", ", table.targets),
                        String.join(", ", table.sources),
                        columns.stream()
                                .map(column -> "?::" + column.type.element + "[]")
                                .collect(joining(", ")),
                        names);
        insertMissing = insert + " on conflict do nothing";
        save = insert
                + " on conflict (%s) do update set ".formatted(key)
                + table.targets.stream()
                        .skip(1)
                        .map("%1$s = excluded.%1$s"::formatted)
                        .collect(joining(", "));
    }

    /** A table whose rows are only added. */
    public static <R> Builder<R> added(String name) {
        return new Builder<>(name, null);
    }

    /**
     * A table whose rows are read and replaced as well. Its first column is its key.
     *
     * @param blank makes a row, whose columns are set then
     */
    public static <R> Builder<R> kept(String name, Supplier<R> blank) {
        return new Builder<>(name, blank);
    }

    /**
     * Asks for the rows that there are of these.
     *
     * @param reader is told of them, by their keys
     */
    public void find(Pipeline pipeline, Collection<String> keys, Consumer<Map<String, R>> reader) {
        pipeline.queryMany(
                find,
                rows -> {
                    Map<String, R> found = new HashMap<>();
                    while (rows.next()) {
                        found.put(rows.getString(1), read(rows));
                    }
                    reader.accept(found);
                    return found;
                },
                new SqlArrayValue("text", keys.toArray()));
    }

    private R read(ResultSet from) throws SQLException {
        R row = Objects.requireNonNull(blank).get();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).read(row, from, i + 1);
        }
        return row;
    }

    /**
     * Writes rows, in the place of those that there are with the same keys.
     *
     * @param changed these were there when they were looked for
     * @param added these were not, which makes it quicker, and is right all the same if somebody added them meanwhile
     */
    public void save(Pipeline pipeline, List<R> changed, List<R> added) {
        boolean isCopied = added.size() >= WORTH_A_COPY && copy.addIfAllAreMissing(pipeline, added);
        write(
                pipeline,
                save,
                isCopied ? changed : concat(changed.stream(), added.stream()).toList());
    }

    /** Adds rows. */
    public void insert(Pipeline pipeline, Collection<R> rows) {
        if (rows.size() < WORTH_A_COPY) {
            write(pipeline, insert, rows);
        } else {
            copy.add(pipeline, rows);
        }
    }

    /**
     * Adds those rows that are not there yet. Mostly none is.
     *
     * @return how many these were
     */
    public Supplier<Integer> insertMissing(Pipeline pipeline, Collection<R> rows) {
        return rows.size() >= WORTH_A_COPY && copy.addIfAllAreMissing(pipeline, rows)
                ? rows::size
                : write(pipeline, insertMissing, rows);
    }

    private Supplier<Integer> write(Pipeline pipeline, String statement, Collection<R> rows) {
        List<R> all = List.copyOf(rows);
        List<Supplier<Integer>> written = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MOST_IN_ARRAYS) {
            List<R> portion = all.subList(i, Math.min(all.size(), i + MOST_IN_ARRAYS));
            written.add(pipeline.update(
                    statement,
                    columns.stream().map(column -> column.sent(portion)).toArray()));
        }
        return () -> written.stream().mapToInt(Supplier::get).sum();
    }

    private static String names(Stream<? extends Column<?, ?>> columns) {
        return columns.map(Column::name).collect(joining(", "));
    }

    /** Says which columns there are. */
    public static final class Builder<R> {

        private final String name;
        private final @Nullable Supplier<R> blank;
        private final List<Column<R, ?>> columns = new ArrayList<>();
        private final List<String> targets = new ArrayList<>();
        private final List<String> sources = new ArrayList<>();
        private final List<BiConsumer<R, CopyBuffer>> writers = new ArrayList<>();

        private Builder(String name, @Nullable Supplier<R> blank) {
            this.name = name;
            this.blank = blank;
        }

        /** A column of a table whose rows are only added. */
        public <T> Builder<R> column(String column, ColumnType<T> type, Function<R, @Nullable T> get) {
            return add(new Column<>(column, type, get, null));
        }

        public <T> Builder<R> column(
                String column, ColumnType<T> type, Function<R, @Nullable T> get, BiConsumer<R, @Nullable T> set) {
            return add(new Column<>(column, type, get, set));
        }

        /**
         * One more column that is made of one already named, and is not read.
         *
         * @param get as of that one
         */
        public <T> Builder<R> copy(String column, ColumnType<T> type, String of, Function<R, @Nullable T> get) {
            writers.add((row, buffer) -> type.write(get.apply(row), buffer));
            targets.add(column);
            sources.add(type.select(of));
            return this;
        }

        public RowTable<R> build() {
            return new RowTable<>(this);
        }

        private Builder<R> add(Column<R, ?> column) {
            columns.add(column);
            targets.add(column.name);
            sources.add(column.type.select(column.name));
            writers.add(column::write);
            return this;
        }
    }
}
