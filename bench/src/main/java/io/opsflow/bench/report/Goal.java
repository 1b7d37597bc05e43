package io.opsflow.bench.report;

import java.util.Locale;

/** What a median is promised to be: at least this, or at most. */
public record Goal(double value, boolean isLeast) {

    public static Goal atLeast(double value) {
        return new Goal(value, true);
    }

    public static Goal atMost(double value) {
        return new Goal(value, false);
    }

    boolean isMetBy(double median) {
        return isLeast ? median >= value : median <= value;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.1f", isLeast ? "at least" : "at most", value);
    }
}
