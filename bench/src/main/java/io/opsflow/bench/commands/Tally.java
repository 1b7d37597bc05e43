package io.opsflow.bench.commands;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what was seen how often. Filled by one thread. */
final class Tally {

    private final Map<String, Long> counts = new HashMap<>();
    private long all;

    void add(String what, long weight) {
        counts.merge(what, weight, Long::sum);
        all += weight;
    }

    boolean isEmpty() {
        return all == 0;
    }

    /** The most frequent, with their shares. */
    String text(String title, int most) {
        String lines = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .map(entry ->
                        String.format(Locale.ROOT, "%5.1f%%  %s%n", 100.0 * entry.getValue() / all, entry.getKey()))
                .collect(Collectors.joining());
        return "%s (%,d)%n%s%n".formatted(title, all, lines);
    }
}
