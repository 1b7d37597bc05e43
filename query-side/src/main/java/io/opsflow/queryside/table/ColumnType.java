package io.opsflow.queryside.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values travel: as elements of which array, and what a statement makes of one; or as texts of a copy.
 *
 * @param <T> what they are in Java
 */
public final class ColumnType<T> {

    public static final ColumnType<String> TEXT =
            new ColumnType<>("text", "%s", ResultSet::getString, text -> text, text -> text);

    /** Any text at all: the NUL characters that PostgreSQL's texts do not hold are replaced. */
    public static final ColumnType<String> ANY_TEXT =
            new ColumnType<>("text", "%s", ResultSet::getString, ColumnType::storable, ColumnType::storable);

    public static final ColumnType<String> JSON =
            new ColumnType<>("text", "%s::json", ResultSet::getString, text -> text, text -> text);
    public static final ColumnType<String> JSONB =
            new ColumnType<>("text", "%s::jsonb", ResultSet::getString, text -> text, text -> text);
    public static final ColumnType<Long> NUMBER =
            new ColumnType<>("bigint", "%s", ResultSet::getLong, number -> number, number -> Long.toString(number));
    public static final ColumnType<Boolean> FLAG =
            new ColumnType<>("boolean", "%s", ResultSet::getBoolean, flag -> flag, flag -> flag ? "t" : "f");

    /** Sent as milliseconds: neither formatted here nor parsed there. */
    public static final ColumnType<Instant> TIME = new ColumnType<>(
            "bigint",
            "timestamptz 'epoch' + %s * interval '1 millisecond'",
            ColumnType::instant,
            Instant::toEpochMilli,
            Instant::toString);

    final String element;
    private final String expression;
    private final Reader<T> reader;
    private final Function<T, Object> sender;
    private final Function<T, String> writer;

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
            Function<T, String> writer) {
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

    /** As PostgreSQL reads it from a text. */
    @Nullable
    String written(@Nullable T value) {
        return value == null ? null : writer.apply(value);
    }

    @Nullable
    T read(ResultSet row, int index) throws SQLException {
        return reader.read(row, index);
    }

    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable Instant instant(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
