package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers that count something: {@code 1}, {@code 1.0} and {@code "1"} are the same. */
public final class WholeNumber {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    // Beyond anything there is to count, and still far from overflowing when another one is added.
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 53);

    private WholeNumber() {}

    /** A larger one than 2^53 reads as that. */
    public static long read(JsonNode value, String place) {
        BigDecimal number = number(value);
        if (number == null) {
            throw ApiException.wrongType(place, "integer");
        }
        if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
            throw ApiException.invalid(place, "it must be a whole number from 0");
        }
        return number.min(LARGEST).longValue();
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        return value.isString() && DIGITS.matcher(value.stringValue()).matches()
                ? new BigDecimal(value.stringValue())
                : null;
    }
}
