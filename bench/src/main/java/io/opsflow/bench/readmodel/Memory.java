package io.opsflow.bench.readmodel;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Goal;
import io.opsflow.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a load has needed of the heap, as it went on. */
final class Memory {

    private static final double MIB = 1 << 20;

    /** @param part of all events that were loaded by then */
    private record Look(double part, long bytes) {}

    private final List<Look> looks = new ArrayList<>();

    void add(Told.Build build, long bytes) {
        if (build.eventsTotal() > 0) {
            looks.add(new Look((double) build.events() / build.eventsTotal(), bytes));
        }
    }

    /** None where it was over before it could be looked at. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        List<Look> first = of(look -> look.part() <= 0.2);
        List<Look> last = of(look -> look.part() >= 0.8);
        if (!first.isEmpty() && !last.isEmpty()) {
            double begin = spread(first).median();
            figures.add(new Figure(
                    "rebuild_memory_ratio",
                    Spread.of(last.stream().mapToDouble(look -> look.bytes() / MIB / begin)),
                    "ratio",
                    Goal.atMost(1.3)));
        }
        if (!looks.isEmpty()) {
            figures.add(new Figure("rebuild_heap", spread(looks), "MiB"));
        }
        return figures;
    }

    private List<Look> of(Predicate<Look> wanted) {
        return looks.stream().filter(wanted).toList();
    }

    private static Spread spread(List<Look> looks) {
        return Spread.of(looks.stream().mapToDouble(look -> look.bytes() / MIB));
    }
}
