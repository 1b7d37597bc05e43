package io.opsflow.bench.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that was measured, often enough to say how sure it is.
 *
 * @param name in bench.json, such as {@code list_first_page_ratio}
 * @param unit such as ms
 * @param goal null where nothing is promised
 */
public record Figure(
        String name, Spread spread, String unit, @Nullable Goal goal) {

    public Figure(String name, Spread spread, String unit) {
        this(name, spread, unit, null);
    }

    public boolean missesItsGoal() {
        return goal != null && !goal.isMetBy(spread.median());
    }

    /** As people read it: the goal, and whether it is met. */
    public String verdict() {
        return goal == null ? "none" : "%s, %s".formatted(goal, missesItsGoal() ? "MISSED" : "met");
    }

    /** Median, and where the middle half of the measurements lies. */
    public String text() {
        return String.format(
                Locale.ROOT, "%s (%s-%s)", digits(spread.median()), digits(spread.low()), digits(spread.high()));
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%.2f" : "%,.0f", value);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("median", rounded(spread.median()));
        members.put("low", rounded(spread.low()));
        members.put("high", rounded(spread.high()));
        members.put("measurements", spread.count());
        members.put("unit", unit);
        if (goal != null) {
            members.put("goal", goal.value());
            members.put("met", !missesItsGoal());
        }
        return members;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
