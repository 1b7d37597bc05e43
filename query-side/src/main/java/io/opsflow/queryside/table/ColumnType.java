package io.opsflow.queryside.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values travel: as elements of which array, and what a statement makes of one; or as fields of a copy.
 *
 * @param <T> what they are in Java
 */
public final class ColumnType<T> {

    public static final ColumnType<String> TEXT =
            new ColumnType<>("text", "%s", ResultSet::getString, text -> text, CopyBuffer::text);

    /** Any text at all: the NUL characters that PostgreSQL's texts do not hold are replaced. */
    public static final ColumnType<String> ANY_TEXT = new ColumnType<>(
            "text", "%s", ResultSet::getString, ColumnType::storable, (buffer, text) -> buffer.text(storable(text)));

    public static final ColumnType<String> JSON =
            new ColumnType<>("text", "%s::json", ResultSet::getString, text -> text, CopyBuffer::text);
    public static final ColumnType<String> JSONB =
            new ColumnType<>("text", "%s::jsonb", ResultSet::getString, text -> text, CopyBuffer::jsonb);
    public static final ColumnType<Long> NUMBER =
            new ColumnType<>("bigint", "%s", ResultSet::getLong, number -> number, CopyBuffer::bigint);
    public static final ColumnType<Integer> SMALL_NUMBER =
            new ColumnType<>("integer", "%s", ResultSet::getInt, number -> number, CopyBuffer::integer);
    public static final ColumnType<Boolean> FLAG =
            new ColumnType<>("boolean", "%s", ResultSet::getBoolean, flag -> flag, CopyBuffer::flag);

    /** Sent as milliseconds: neither formatted here nor parsed there. */
    public static final ColumnType<Instant> TIME = new ColumnType<>(
            "bigint",
            "timestamptz 'epoch' + %s * interval '1 millisecond'",
            ColumnType::instant,
            Instant::toEpochMilli,
            CopyBuffer::time);

    final String element;
    private final String expression;
    private final Reader<T> reader;
    private final Function<T, Object> sender;
    private final BiConsumer<CopyBuffer, T> writer;

    @FunctionalInterface
    private interface Reader<T> {
        @Nullable
        T read(ResultSet row, int index) throws SQLException;
    }

    private ColumnType(
            String element,
            String expression,
            Reader<T> reader,
            Function<T, Object> sender,
            BiConsumer<CopyBuffer, T> writer) {
        this.element = element;
        this.expression = expression;
        this.reader = reader;
        this.sender = sender;
        this.writer = writer;
    }

    String select(String column) {
        return expression.formatted(column);
    }

    @Nullable
    Object sent(@Nullable T value) {
        return value == null ? null : sender.apply(value);
    }

    void write(@Nullable T value, CopyBuffer buffer) {
        if (value == null) {
            buffer.unset();
        } else {
            writer.accept(buffer, value);
        }
    }

    @Nullable
    T read(ResultSet row, int index) throws SQLException {
        return reader.read(row, index);
    }

    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static @Nullable Instant instant(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
