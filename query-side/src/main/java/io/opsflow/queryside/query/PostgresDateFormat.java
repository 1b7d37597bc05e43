package io.opsflow.queryside.query;

import io.opsflow.api.query.DateFormat;
import io.opsflow.api.query.DateFormat.Code;
import io.opsflow.api.query.DateFormat.Text;
import io.opsflow.api.query.DateFormat.Token;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Times as numbers and texts, in UTC. */
final class PostgresDateFormat {

    private PostgresDateFormat() {}

    static Field<?> of(DateFormat format, Field<OffsetDateTime> time) {
        return switch (format) {
            case DateFormat.Part part -> number(part, time);
            case DateFormat.Pattern pattern -> text(pattern, time);
        };
    }

    /** As answers hold it: three fraction digits. */
    static Field<String> inMilliseconds(Field<OffsetDateTime> time) {
        return toChar(time, DSL.inline("YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\""));
    }

    /** As objects that were pushed hold it. */
    static Field<String> inSeconds(Field<OffsetDateTime> time) {
        return toChar(time, DSL.inline("YYYY-MM-DD\"T\"HH24:MI:SS\"Z\""));
    }

    private static Field<BigDecimal> number(DateFormat.Part part, Field<OffsetDateTime> time) {
        return DSL.field(
                "extract(%s from {0} at time zone 'UTC')".formatted(part.name().toLowerCase(java.util.Locale.ROOT)),
                BigDecimal.class,
                time);
    }

    private static Field<String> text(DateFormat.Pattern pattern, Field<OffsetDateTime> time) {
        StringBuilder written = new StringBuilder();
        pattern.tokens().forEach(token -> written.append(write(token)));
        return toChar(time, DSL.val(written.toString()));
    }

    private static Field<String> toChar(Field<OffsetDateTime> time, Field<String> pattern) {
        return DSL.field("(to_char({0} at time zone 'UTC', {1}) collate pg_c_utf8)", String.class, time, pattern);
    }

    private static String write(Token token) {
        return switch (token) {
            // Outside of quotes to_char reads words as codes: "day" would become "thursday".
            case Text text -> '"' + text.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Code code ->
                switch (code) {
                    case YEAR -> "YYYY";
                    case MONTH -> "MM";
                    case DAY -> "DD";
                    case HOUR -> "HH24";
                    case MINUTE -> "MI";
                    case SECOND -> "SS";
                    case MILLISECOND -> "MS";
                    case DAY_OF_YEAR -> "DDD";
                    case WEEK_YEAR -> "IYYY";
                    case WEEK -> "IW";
                    case WEEKDAY -> "ID";
                };
        };
    }
}
