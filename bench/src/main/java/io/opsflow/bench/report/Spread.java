package io.opsflow.bench.report;

import java.util.stream.DoubleStream;

/**
 * What many measurements of one thing come to: the middle one, and where the middle half of them lies.
 *
 * @param low a quarter of them lies below
 * @param high a quarter of them lies above
 * @param count how many there are
 */
public record Spread(double median, double low, double high, int count) {

    public static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Spread(at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted.length);
    }

    private static double at(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
