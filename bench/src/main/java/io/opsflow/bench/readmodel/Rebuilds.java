package io.opsflow.bench.readmodel;

import com.sun.tools.attach.AttachNotSupportedException;
import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Goal;
import io.opsflow.bench.report.Spread;
import io.opsflow.bench.server.Callers;
import io.opsflow.bench.server.Databases;
import io.opsflow.bench.server.Deployment;
import io.opsflow.bench.server.ServerProcess;
import io.opsflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/** Has a query side build its read model from a history on the topic, again and again. */
record Rebuilds(Databases databases, Consumer<String> progress) {

    private static final String READ_MODEL = "rebuilt";
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(30);

    /** Between two questions how far it is: they cost nothing beside the build, and the end is not seen much too late. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(1);

    /** @param seconds from the request until it was read */
    private record Rebuild(double seconds, Pace pace) {}

    List<Figure> measure(History history, int rebuilds) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Callers callers = new Callers(Life.DOMAIN)) {
            progress.accept("Writing %,d events to the topic".formatted(history.events()));
            Topic.fill(broker.bootstrapServers(), history);
            ReadModelDatabase database = new ReadModelDatabase(databases, READ_MODEL);
            databases.create(READ_MODEL);
            Deployment deployment = new Deployment(databases, broker, callers);
            try (ServerProcess querySide = deployment.startingQuerySide(READ_MODEL)) {
                AdminDesk desk = new AdminDesk(querySide.port(), callers.systemAdmin());
                progress.accept("Building the first read model and watching the memory");
                Memory memory = memoryOfFirst(desk, querySide.handle());
                database.check(history);
                List<Rebuild> done = new ArrayList<>();
                for (int i = 0; i < rebuilds; i++) {
                    database.settle();
                    progress.accept("Rebuilding it, %d of %d".formatted(i + 1, rebuilds));
                    done.add(rebuild(desk));
                    database.check(history);
                }
                return figures(history, done, memory);
            }
        }
    }

    private static Memory memoryOfFirst(AdminDesk desk, ProcessHandle process)
            throws IOException, AttachNotSupportedException, InterruptedException {
        Memory memory = new Memory();
        long deadline = System.nanoTime() + LONGEST_BUILD.toNanos();
        try (Heap heap = Heap.of(process)) {
            for (Told told = desk.told(); told.live() == 0; told = desk.told()) {
                Told.Build build = told.build();
                if (build != null && build.isLoading()) {
                    memory.add(build, heap.afterCollection());
                }
                demandBefore(deadline);
                Thread.sleep(BETWEEN_COLLECTIONS);
            }
        }
        return memory;
    }

    private static Rebuild rebuild(AdminDesk desk) throws IOException, InterruptedException {
        long before = desk.told().live();
        Pace pace = new Pace();
        long begin = System.nanoTime();
        desk.demandRebuild();
        for (Told told = desk.told(); told.live() == before; told = desk.told()) {
            Told.Build build = told.build();
            if (build != null && (build.isLoading() || build.hasLoaded())) {
                pace.add(build.events(), build.perSecond());
            }
            demandBefore(begin + LONGEST_BUILD.toNanos());
            Thread.sleep(PAUSE);
        }
        return new Rebuild((System.nanoTime() - begin) / 1e9, pace);
    }

    private static void demandBefore(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("the read model is not built within " + LONGEST_BUILD);
        }
    }

    private static List<Figure> figures(History history, List<Rebuild> done, Memory memory) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "rebuild_events_per_s",
                Spread.of(done.stream().mapToDouble(rebuild -> history.events() / rebuild.seconds())),
                "1/s",
                Goal.atLeast(20_000)));
        List<Double> flatness = told(done, rebuild -> rebuild.pace().flatness());
        if (!flatness.isEmpty()) {
            figures.add(new Figure("rebuild_flatness", spread(flatness), "ratio", Goal.atLeast(0.8)));
        }
        figures.addAll(memory.figures());
        List<Double> loading = told(done, rebuild -> rebuild.pace().seconds());
        if (!loading.isEmpty()) {
            figures.add(new Figure("rebuild_loading", spread(loading), "s"));
        }
        figures.add(new Figure("rebuild_in_all", Spread.of(done.stream().mapToDouble(Rebuild::seconds)), "s"));
        return figures;
    }

    private static List<Double> told(List<Rebuild> done, Function<Rebuild, OptionalDouble> what) {
        return done.stream().map(what).flatMap(value -> value.stream().boxed()).toList();
    }

    private static Spread spread(List<Double> values) {
        return Spread.of(values.stream().mapToDouble(Double::doubleValue));
    }
}
