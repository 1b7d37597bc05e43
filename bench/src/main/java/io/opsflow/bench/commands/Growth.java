package io.opsflow.bench.commands;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Spread;
import io.opsflow.bench.server.Databases;
import io.opsflow.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the size of the store costs: commands in process on few events and on many, in turns. The small store is made
 * anew for each turn, as it would not stay small; so each turn has a command side of its own, also on the large one. Each
 * store has a topic of its name.
 */
record Growth(Databases databases, EmbeddedBroker broker, String few, String many) {

    private static final String COPY = "growth_";

    private record Visit(double perSecond, double allocated, Latency latency) {}

    private record Pair(Visit few, Visit many) {
        double ratio(ToDoubleFunction<Visit> value) {
            return value.applyAsDouble(many) / value.applyAsDouble(few);
        }
    }

    /** @param perSecond the load of the latencies, the same on both stores */
    List<Figure> measure(double perSecond, Duration turn, int turns) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            String copy = COPY + i;
            databases.copy(copy, few);
            new Followers(databases, copy).useOwnTopic(broker, copy);
            if (i % 2 == 0) {
                Visit small = visit(copy, perSecond, turn);
                pairs.add(new Pair(small, visit(many, perSecond, turn)));
            } else {
                Visit large = visit(many, perSecond, turn);
                pairs.add(new Pair(visit(copy, perSecond, turn), large));
            }
        }
        return figures(pairs);
    }

    private Visit visit(String database, double perSecond, Duration turn) throws Exception {
        try (Crew crew = new Crew(new InProcess(databases, database, broker, database))) {
            crew.work(turn.dividedBy(2));
            Allocation before = Allocation.now();
            Crew.Turn work = crew.work(turn);
            double allocated = (double) Allocation.now().onTheWaySince(before) / work.commands();
            return new Visit(work.perSecond(), allocated, Latency.of(crew.latencies(perSecond, turn)));
        }
    }

    private static List<Figure> figures(List<Pair> pairs) {
        List<Figure> figures = new ArrayList<>();
        figures.add(ratio("commands_growth_ratio", pairs, Visit::perSecond));
        figures.add(ratio(
                "commands_growth_p50_ratio", pairs, visit -> visit.latency().p50()));
        figures.add(ratio(
                "commands_growth_p99_ratio", pairs, visit -> visit.latency().p99()));
        figures.add(ratio(
                "commands_growth_p99_9_ratio", pairs, visit -> visit.latency().p999()));
        figures.add(ratio("commands_growth_allocated_ratio", pairs, Visit::allocated));
        figures.addAll(figures("commands_few", pairs.stream().map(Pair::few).toList()));
        figures.addAll(figures("commands_many", pairs.stream().map(Pair::many).toList()));
        return figures;
    }

    private static List<Figure> figures(String name, List<Visit> visits) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(name + "_per_s", Spread.of(visits.stream().mapToDouble(Visit::perSecond)), "1/s"));
        figures.add(new Figure(name + "_allocated", Spread.of(visits.stream().mapToDouble(Visit::allocated)), "bytes"));
        figures.addAll(Latency.figures(name, visits.stream().map(Visit::latency).toList()));
        return figures;
    }

    private static Figure ratio(String name, List<Pair> pairs, ToDoubleFunction<Visit> value) {
        return new Figure(name, Spread.of(pairs.stream().mapToDouble(pair -> pair.ratio(value))), "ratio");
    }
}
