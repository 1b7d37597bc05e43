package io.opsflow.bench.readmodel;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How many events had been loaded when, by the clock of who loads: events by their rate so far are the seconds so far.
 * So it does not matter how late it was asked for.
 */
final class Pace {

    /** With fewer the ends of the fifths are guesses. */
    private static final int LEAST_REPORTS = 5;

    private final TreeMap<Long, Double> seconds = new TreeMap<>(Map.of(0L, 0.0));

    /** @param perSecond since the beginning; 0 where it was not told */
    void add(long events, double perSecond) {
        if (events > 0 && perSecond > 0) {
            seconds.putIfAbsent(events, events / perSecond);
        }
    }

    /** So long it has taken to load them all; empty where it was too short to be told. */
    OptionalDouble seconds() {
        return seconds.size() == 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(seconds.lastEntry().getValue());
    }

    /** Events a second in the last fifth by those in the first; empty where there were too few reports. */
    OptionalDouble flatness() {
        if (seconds.size() <= LEAST_REPORTS) {
            return OptionalDouble.empty();
        }
        double all = seconds.lastKey();
        double last = at(all) - at(all * 4 / 5);
        return last > 0 ? OptionalDouble.of(at(all / 5) / last) : OptionalDouble.empty();
    }

    /** When so many were loaded, as if it had been even between two reports. */
    private double at(double events) {
        Map.Entry<Long, Double> before = seconds.floorEntry((long) Math.floor(events));
        Map.Entry<Long, Double> after = seconds.ceilingEntry((long) Math.ceil(events));
        if (before.getKey().equals(after.getKey())) {
            return before.getValue();
        }
        double part = (events - before.getKey()) / (after.getKey() - before.getKey());
        return before.getValue() + part * (after.getValue() - before.getValue());
    }
}
