package io.opsflow.queryside.table;

import java.nio.charset.StandardCharsets;
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

    /**
     * A text of what is looked up or sorted by, if only together with others. No request makes longer ones: a name of 255
     * characters. An index takes no rows beyond some 2,700 bytes, and in a rebuild it would say so when all is filled.
     */
    public static final ColumnType<String> NAME = shortText(4 * 255);

    /** Likewise, of a tenant or an aggregate: 255 bytes, as in tokens. */
    public static final ColumnType<String> ID = shortText(255);

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

    /** Sent as milliseconds: neither formatted here nor parsed there. Within the years that this API knows, 1 to 9999. */
    public static final ColumnType<Instant> TIME = new ColumnType<>(
            "bigint",
            "timestamptz 'epoch' + %s * interval '1 millisecond'",
            ColumnType::instant,
            time -> milliseconds(time),
            (buffer, time) -> buffer.time(milliseconds(time)));

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

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

    /** @throws UnstorableException for what such a column does not take */
    public void require(T value) {
        sender.apply(value);
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

    private static ColumnType<String> shortText(int bytes) {
        return new ColumnType<>(
                "text",
                "%s",
                ResultSet::getString,
                text -> notLonger(text, bytes),
                (buffer, text) -> buffer.text(notLonger(text, bytes)));
    }

    private static String notLonger(String text, int bytes) {
        if (!fits(text, bytes)) {
            throw new UnstorableException("a text that is looked up by is longer than %d bytes".formatted(bytes));
        }
        return text;
    }

    /** Whether a text has no more bytes than this in UTF-8. */
    private static boolean fits(String text, int bytes) {
        return 3L * text.length() <= bytes || text.getBytes(StandardCharsets.UTF_8).length <= bytes;
    }

    private static long milliseconds(Instant time) {
        if (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
            throw new UnstorableException("a time is not within the years 1 to 9999");
        }
        return time.toEpochMilli();
    }

    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static @Nullable Instant instant(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
