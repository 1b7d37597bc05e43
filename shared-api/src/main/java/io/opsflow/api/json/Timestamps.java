package io.opsflow.api.json;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as this API writes them: UTC, exactly three fraction digits, {@code 2024-12-05T01:02:03.456Z}. */
public final class Timestamps {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** The wire form; an unset time is the empty string. */
    public static String format(@Nullable Instant instant) {
        return instant == null ? "" : MILLISECONDS.format(instant);
    }

    /** The clock's time, cut to what the wire form can hold. */
    public static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The clock's time, but never before {@code last}: the order of events is that of their times, however clocks differ. */
    public static Instant next(Clock clock, Instant last) {
        Instant now = now(clock);
        return now.isBefore(last) ? last : now;
    }
}
