package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time counted from now, in UTC: {@code now}, or the start of its day, week (Monday) or month, and an offset from there.
 */
public record RelativeTime(Base base, Duration offset, String place) {

    private static final Pattern FORM =
            Pattern.compile("now(?:/(?<base>[dwm]))?(?: ?(?<sign>[+-]) ?(?<digits>[0-9]+) ?(?<unit>[smhdw]))?");

    /** Where the counting starts. */
    public enum Base {
        NOW,
        DAY,
        WEEK,
        MONTH
    }

    static RelativeTime parse(String text, String place) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ApiException.invalid(
                    place, "not of the form now, now/d, now/w or now/m, then + or -, digits and a unit");
        }
        Base base =
                switch (String.valueOf(form.group("base"))) {
                    case "d" -> Base.DAY;
                    case "w" -> Base.WEEK;
                    case "m" -> Base.MONTH;
                    default -> Base.NOW;
                };
        RelativeTime time = new RelativeTime(base, offset(form, place), place);
        time.from(Instant.parse("2000-01-01T00:00:00Z")); // an offset beyond all years is refused at once
        return time;
    }

    /** @throws ApiException ERROR_INVALID_PARAMETER beyond the years 0001 to 9999 */
    public Instant from(Instant now) {
        ZonedDateTime start = now.atZone(ZoneOffset.UTC);
        ZonedDateTime midnight = start.truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime from =
                switch (base) {
                    case NOW -> start.truncatedTo(ChronoUnit.MILLIS);
                    case DAY -> midnight;
                    case WEEK -> midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> midnight.withDayOfMonth(1);
                };
        try {
            return IsoTime.checked(from.toInstant().plus(offset), place);
        } catch (DateTimeException | ArithmeticException e) {
            throw ApiException.invalid(place, "the year must be within 0001 and 9999");
        }
    }

    private static Duration offset(Matcher form, String place) {
        if (form.group("sign") == null) {
            return Duration.ZERO;
        }
        try {
            long count = Long.parseLong(form.group("sign") + form.group("digits"));
            return switch (form.group("unit")) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofDays(Math.multiplyExact(count, 7));
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw ApiException.invalid(place, "the offset is too large");
        }
    }
}
