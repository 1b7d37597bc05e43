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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How long after its answer a write can be read, with both sides as processes: first with writes at half of what the
 * command side does alone, which may be more than both sides keep up with; then at half of what both do together.
 */
record Visibility(Databases databases, Consumer<String> progress) {

    private static final String READ_MODEL = "followed";

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
                double half = half(load, effort, most);
                databases.create(READ_MODEL);
                try (ServerProcess querySide = deployment.querySide(READ_MODEL)) {
                    String token = callers.owner(HttpLoad.domain(), HttpLoad.workspace(), "user-000@example.com");
                    Reader reader = new Reader(querySide.port(), token);
                    return measure(effort, half, new BothSides(load, listener, reader));
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

    private List<Figure> measure(ReadModelEffort effort, double half, BothSides sides) throws Exception {
        progress.accept("Commanding at half load and reading what was written");
        sides.turns(effort.warmUps(), half, effort.warmUp());
        List<Figure> figures = new ArrayList<>(
                figures("visible", Goal.atMost(100), half, sides.turns(effort.watches(), half, effort.watch())));
        progress.accept("Commanding until all has been read");
        double[] together = new double[effort.turns()];
        for (int i = 0; i < together.length; i++) {
            together[i] = sides.most(effort.together());
        }
        Spread most = Spread.of(DoubleStream.of(together));
        figures.add(new Figure("together_commands_per_s", most, "1/s"));
        progress.accept("Commanding at half of that and reading what was written");
        double less = most.median() / 2;
        figures.addAll(figures("together_visible", null, less, sides.turns(effort.watches(), less, effort.watch())));
        return figures;
    }

    private static List<Figure> figures(
            String name, @Nullable Goal goal, double perSecond, List<BothSides.Turn> turns) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                name + "_p50_ms", spread(turns, turn -> turn.visible().p50()), "ms"));
        figures.add(new Figure(
                name + "_p99_ms", spread(turns, turn -> turn.visible().p99()), "ms", goal));
        figures.add(new Figure(
                name + "_p99_9_ms", spread(turns, turn -> turn.visible().p999()), "ms"));
        figures.addAll(Latency.figures(
                name + "_writes", turns.stream().map(BothSides.Turn::written).toList()));
        figures.add(new Figure(name + "_writes_per_s", spread(turns, turn -> perSecond), "1/s"));
        figures.add(new Figure(name + "_reads_per_s", spread(turns, BothSides.Turn::readsPerSecond), "1/s"));
        return figures;
    }

    private static Spread spread(List<BothSides.Turn> turns, ToDoubleFunction<BothSides.Turn> value) {
        return Spread.of(turns.stream().mapToDouble(value));
    }
}
