package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a group's key reads a time, in UTC. */
public sealed interface DateFormat {

    /** A part of the date as a number. */
    enum Part implements DateFormat {
        YEAR,
        MONTH,
        DAY
    }

    /** A text made of parts of the time and of what stands between them. */
    record Pattern(List<Token> tokens) implements DateFormat {}

    /** One piece of a pattern. */
    sealed interface Token {}

    /** Text that is taken as it stands. */
    record Text(String text) implements Token {}

    /** A part of the time, with leading zeros. */
    enum Code implements Token {
        YEAR('Y'),
        MONTH('m'),
        DAY('d'),
        HOUR('H'),
        MINUTE('M'),
        SECOND('S'),
        MILLISECOND('L'),
        DAY_OF_YEAR('j'),
        WEEK_YEAR('G'),
        WEEK('V'),
        WEEKDAY('u');

        private final char letter;

        Code(char letter) {
            this.letter = letter;
        }

        static @Nullable Code of(char letter) {
            for (Code code : values()) {
                if (code.letter == letter) {
                    return code;
                }
            }
            return null;
        }
    }

    static DateFormat parse(String text, String place) {
        return switch (text) {
            case "year" -> Part.YEAR;
            case "month" -> Part.MONTH;
            case "day" -> Part.DAY;
            default -> new Pattern(tokens(text, place));
        };
    }

    private static List<Token> tokens(String text, String place) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder between = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                between.append(text.charAt(i));
                continue;
            }
            i++;
            if (i < text.length() && text.charAt(i) == '%') {
                between.append('%');
                continue;
            }
            Code code = i < text.length() ? Code.of(text.charAt(i)) : null;
            if (code == null) {
                throw ApiException.invalid(place, "of %x only %Y %m %d %H %M %S %L %j %G %V %u %% are known");
            }
            if (!between.isEmpty()) {
                tokens.add(new Text(between.toString()));
                between.setLength(0);
            }
            tokens.add(code);
        }
        if (!between.isEmpty()) {
            tokens.add(new Text(between.toString()));
        }
        return List.copyOf(tokens);
    }
}
