package io.opsflow.bench.readmodel;

import io.opsflow.bench.commands.AnsweredWrites;
import io.opsflow.bench.commands.HttpLoad;
import io.opsflow.bench.commands.Latency;
import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Goal;
import io.opsflow.bench.report.Spread;
import io.opsflow.bench.server.Callers;
import io.opsflow.bench.server.Databases;
import io.opsflow.bench.server.Deployment;
import io.opsflow.bench.server.ServerProcess;
import io.opsflow.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** How long after its answer a write can be read, with both sides as processes and writes at half of what can be done. */
record Visibility(Databases databases, Consumer<String> progress) {

    private static final String READ_MODEL = "followed";

    private record Turn(Latency visible, Latency written, double readsPerSecond) {}

    /** @param most commands a second over HTTP; measured first where it is not known */
    List<Figure> measure(ReadModelEffort effort, OptionalDouble most) throws Exception {
        AtomicReference<AnsweredWrites> listener = new AtomicReference<>(AnsweredWrites.NOBODY_LISTENS);
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Callers callers = new Callers(HttpLoad.domain())) {
            Deployment deployment = new Deployment(databases, broker, callers);
            progress.accept("Commanding over HTTP");
            try (HttpLoad load = new HttpLoad(
                    deployment,
                    effort.pastEvents(),
                    (taskId, version, nanoTime) -> listener.get().answered(taskId, version, nanoTime))) {
                double perSecond = half(load, effort, most);
                databases.create(READ_MODEL);
                try (ServerProcess querySide = deployment.querySide(READ_MODEL)) {
                    String token = callers.owner(HttpLoad.domain(), HttpLoad.workspace(), "user-000@example.com");
                    progress.accept("Commanding at half load and reading what was written");
                    for (int i = 0; i < effort.warmUps(); i++) {
                        turn(load, perSecond, effort.warmUp(), new Watch(querySide.port(), token), listener);
                    }
                    List<Turn> turns = new ArrayList<>();
                    for (int i = 0; i < effort.watches(); i++) {
                        turns.add(turn(load, perSecond, effort.watch(), new Watch(querySide.port(), token), listener));
                    }
                    return figures(turns, perSecond);
                }
            }
        }
    }

    /** Without a query side, as the commands are measured elsewhere. */
    private static double half(HttpLoad load, ReadModelEffort effort, OptionalDouble most) throws Exception {
        double known = most.isPresent()
                ? most.getAsDouble()
                : load.most(effort.warmUp(), effort.warmUps(), effort.turn(), effort.turns());
        return known / 2;
    }

    private static Turn turn(
            HttpLoad load, double perSecond, Duration time, Watch watch, AtomicReference<AnsweredWrites> listener)
            throws Exception {
        try (watch) {
            listener.set(watch);
            Latency written = Latency.of(load.work(perSecond, time));
            listener.set(AnsweredWrites.NOBODY_LISTENS);
            Latency visible = Latency.of(watch.seen());
            return new Turn(visible, written, watch.reads() / (time.toMillis() / 1e3));
        }
    }

    private static List<Figure> figures(List<Turn> turns, double perSecond) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "visible_p50_ms", spread(turns, turn -> turn.visible().p50()), "ms"));
        figures.add(new Figure(
                "visible_p99_ms", spread(turns, turn -> turn.visible().p99()), "ms", Goal.atMost(100)));
        figures.add(new Figure(
                "visible_p99_9_ms", spread(turns, turn -> turn.visible().p999()), "ms"));
        figures.addAll(Latency.figures(
                "visible_writes", turns.stream().map(Turn::written).toList()));
        figures.add(new Figure("visible_writes_per_s", spread(turns, turn -> perSecond), "1/s"));
        figures.add(new Figure("visible_reads_per_s", spread(turns, Turn::readsPerSecond), "1/s"));
        return figures;
    }

    private static Spread spread(List<Turn> turns, ToDoubleFunction<Turn> value) {
        return Spread.of(turns.stream().mapToDouble(value));
    }
}
