package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of the rows.
 *
 * @param start the number of its first row, from 1
 * @param limit how many rows at most; 0 where the client did not say
 */
public record Page(long start, int limit) {

    /** The most rows one answer holds, and what an answer without a limit holds at most. */
    public static final int MAX_LIMIT = 10_000;

    static final Page NONE = new Page(1, 0);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    // Beyond any table, and still far from overflowing when a limit is added.
    private static final BigDecimal LAST_ROW = BigDecimal.valueOf(1L << 53);

    public boolean isLimited() {
        return limit > 0;
    }

    /** How many rows come before it. */
    public long offset() {
        return start - 1;
    }

    static Page read(Members page) {
        long start = number(page, "start");
        long limit = number(page, "limit");
        page.end();
        if (limit > MAX_LIMIT) {
            throw ApiException.invalid(page.key("limit"), "at most %,d".formatted(MAX_LIMIT));
        }
        return new Page(Math.max(start, 1), (int) limit);
    }

    private static long number(Members page, String name) {
        JsonNode value = page.given(name);
        if (value == null) {
            return 0;
        }
        BigDecimal number = number(value);
        if (number == null) {
            throw ApiException.wrongType(page.key(name), "integer");
        }
        if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
            throw ApiException.invalid(page.key(name), "it must be a whole number from 0");
        }
        return number.min(LAST_ROW).longValue();
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
