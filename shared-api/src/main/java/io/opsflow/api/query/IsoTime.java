package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ISO 8601 times as conditions take them: calendar, week and ordinal dates, basic and extended form, a year, month or
 * week alone as its first instant; UTC where no zone is given; cut to milliseconds; years 0001 to 9999.
 */
public final class IsoTime {

    private static final Pattern FORM = Pattern.compile("""
            (?<year>\\d{4})
            (?: -(?<month>\\d{2})
              | -?W(?<week>\\d{2})
              | (?<date> -(?<monthE>\\d{2})-(?<dayE>\\d{2})
                       | (?<monthB>\\d{2})(?<dayB>\\d{2})
                       | -W(?<weekE>\\d{2})-(?<weekdayE>[1-7])
                       | W(?<weekB>\\d{2})(?<weekdayB>[1-7])
                       | -?(?<dayOfYear>\\d{3}))
                (?: [Tt\\ ](?<hour>\\d{2})
                    (?: :?(?<minute>\\d{2}) (?: :?(?<second>\\d{2}) (?:[.,](?<fraction>\\d+))? )? )?
                    (?<zone> [Zz] | (?<sign>[+-])(?<zoneHour>\\d{2})(?: :?(?<zoneMinute>\\d{2}))? )?
                )?
            )?""", Pattern.COMMENTS);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final int MAX_LENGTH = 100;

    private IsoTime() {}

    /** @param place where the text stands in the request, for the error */
    public static Instant parse(String text, String place) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refusal(place);
        }
        try {
            return checked(
                    LocalDateTime.of(date(form), LocalTime.MIDNIGHT)
                            .plus(time(form))
                            .minusSeconds(zone(form))
                            .toInstant(ZoneOffset.UTC),
                    place);
        } catch (DateTimeException e) {
            throw refusal(place);
        }
    }

    /** Reads a member of a request that holds a time; null where it is not given. */
    public static @Nullable Instant of(Members request, String name) {
        String text = request.filledText(name, MAX_LENGTH);
        return text == null ? null : parse(text, request.key(name));
    }

    /** The same instant, within the years that can be asked for. */
    static Instant checked(Instant instant, String place) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw ApiException.invalid(place, "the year must be within 0001 and 9999");
        }
        return instant;
    }

    private static LocalDate date(Matcher form) {
        int year = number(form, "year", 0);
        Integer week = firstNumber(form, "week", "weekE", "weekB");
        if (week != null) {
            Integer weekday = firstNumber(form, "weekdayE", "weekdayB");
            LocalDate inYear = LocalDate.of(year, 1, 4);
            IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inYear).checkValidValue(week, null);
            return inYear.with(WeekFields.ISO.weekOfWeekBasedYear(), week)
                    .with(WeekFields.ISO.dayOfWeek(), weekday == null ? 1 : weekday);
        }
        Integer dayOfYear = firstNumber(form, "dayOfYear");
        if (dayOfYear != null) {
            return LocalDate.ofYearDay(year, dayOfYear);
        }
        Integer month = firstNumber(form, "month", "monthE", "monthB");
        Integer day = firstNumber(form, "dayE", "dayB");
        return LocalDate.of(year, month == null ? 1 : month, day == null ? 1 : day);
    }

    private static Duration time(Matcher form) {
        int hour = number(form, "hour", 0);
        int minute = number(form, "minute", 0);
        int second = number(form, "second", 0);
        String fraction = form.group("fraction");
        int milliseconds = fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
        boolean endOfDay = hour == 24 && minute == 0 && second == 0 && milliseconds == 0;
        if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) {
            throw new DateTimeException("no such time of day");
        }
        return Duration.ofHours(hour).plusMinutes(minute).plusSeconds(second).plusMillis(milliseconds);
    }

    private static int zone(Matcher form) {
        int hours = number(form, "zoneHour", 0);
        int minutes = number(form, "zoneMinute", 0);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("no such zone");
        }
        int seconds = hours * 3600 + minutes * 60;
        return "-".equals(form.group("sign")) ? -seconds : seconds;
    }

    private static int number(Matcher form, String group, int otherwise) {
        Integer number = firstNumber(form, group);
        return number == null ? otherwise : number;
    }

    private static @Nullable Integer firstNumber(Matcher form, String... groups) {
        for (String group : groups) {
            if (form.group(group) != null) {
                return Integer.valueOf(form.group(group));
            }
        }
        return null;
    }

    private static ApiException refusal(String place) {
        return ApiException.invalid(place, "not an ISO 8601 time");
    }
}
