package io.opsflow.bench.commands;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Spread;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How long something took, in milliseconds. */
public record Latency(double p50, double p99, double p999) {

    public static Latency of(Histogram nanos) {
        return new Latency(millis(nanos, 50), millis(nanos, 99), millis(nanos, 99.9));
    }

    public static List<Figure> figures(String name, List<Latency> turns) {
        return List.of(
                new Figure(name + "_p50", Spread.of(turns.stream().mapToDouble(Latency::p50)), "ms"),
                new Figure(name + "_p99", Spread.of(turns.stream().mapToDouble(Latency::p99)), "ms"),
                new Figure(name + "_p99_9", Spread.of(turns.stream().mapToDouble(Latency::p999)), "ms"));
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
