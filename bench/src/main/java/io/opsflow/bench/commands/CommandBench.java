package io.opsflow.bench.commands;

import io.opsflow.bench.report.Environment;
import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import io.opsflow.bench.server.Callers;
import io.opsflow.bench.server.Databases;
import io.opsflow.bench.server.Deployment;
import io.opsflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** Has the same commands done in every way on one PostgreSQL, each way on a database of its own there. */
public final class CommandBench implements AutoCloseable {

    /** The figure that tells how many commands a second can be done over HTTP. */
    public static final String HTTP_PER_SECOND = "commands_http_per_s";

    /** The store that all others are copies of. */
    private static final String STORE = "store";

    private static final String MANY = "many";

    private final Databases databases = Databases.start();
    private final EmbeddedBroker broker = EmbeddedBroker.temporary();
    private final Callers callers;
    private final Deployment deployment;
    private final Path directory;
    private final Consumer<String> progress;

    /** @param directory where profiles go */
    public CommandBench(Path directory, Consumer<String> progress) throws IOException {
        this.callers = new Callers(Sample.DOMAIN);
        this.deployment = new Deployment(databases, broker, callers);
        this.directory = directory;
        this.progress = progress;
    }

    /** @param profile whether to say where the time goes also if no goal is missed */
    public Findings measure(Effort effort, boolean profile) throws Exception {
        progress.accept("Preparing a store of %,d events".formatted(effort.fewEvents()));
        FirstEvents.make(deployment, STORE, effort.fewEvents());
        List<Figure> figures = new ArrayList<>();
        List<Path> profiles = new ArrayList<>();
        double load = race(effort, profile, figures, profiles);

        progress.accept("Preparing a store of %,d events".formatted(effort.manyEvents()));
        copy(MANY);
        new Filler(databases, MANY).fillUpTo(effort.manyEvents());
        progress.accept("Commanding few and many events");
        Growth growth = new Growth(databases, broker, STORE, MANY);
        figures.addAll(growth.measure(load, effort.turn(), half(effort.turns())));
        return new CommandFindings(effort, figures, profiles);
    }

    /** Half of what can be done in process, in commands a second. */
    private double race(Effort effort, boolean profile, List<Figure> figures, List<Path> profiles) throws Exception {
        databases.copy("plain", STORE);
        copy("in_process");
        copy("http");
        OverHttp http = new OverHttp(deployment, "http", "http", AnsweredWrites.NOBODY_LISTENS);
        try (Crew overHttp = new Crew(http);
                Crew plain = new Crew(new PlainJdbc(databases, "plain"));
                Crew inProcess = new Crew(new InProcess(databases, "in_process", broker, "in_process"));
                Crew stockJpa = new Crew(new StockJpa(databases, "stock"))) {
            Race race = new Race(plain, inProcess, overHttp, stockJpa);
            progress.accept("Warming up");
            race.warmUp(effort);
            progress.accept("Commanding in every way by turns");
            List<Race.Lap> laps = race.run(effort.turn(), effort.turns());
            figures.addAll(Race.figures(laps));

            progress.accept("Commanding at half load");
            double load = median(figures, "commands_in_process_per_s") / 2;
            figures.addAll(latencies("commands_in_process", inProcess, load, effort));
            figures.addAll(latencies("commands_http", overHttp, median(figures, HTTP_PER_SECOND) / 2, effort));

            Profile profiler = new Profile(databases, directory, effort.turn());
            if (profile || misses(figures, "commands_in_process_ratio") || misses(figures, "commands_vs_stock_jpa")) {
                progress.accept("Looking where the time goes in process");
                profiles.add(profiler.ofThisProcess("in-process", inProcess));
            }
            if (profile || misses(figures, "commands_http_ratio")) {
                progress.accept("Looking where the time goes over HTTP");
                profiles.add(profiler.ofServer("http", overHttp, http.server().handle()));
            }
            return load;
        }
    }

    /** Of the store, with a topic of the same name. */
    private void copy(String name) throws Exception {
        databases.copy(name, STORE);
        new Followers(databases, name).useOwnTopic(broker, name);
    }

    private static List<Figure> latencies(String name, Crew crew, double load, Effort effort) throws Exception {
        Duration time = effort.turn().multipliedBy(2);
        List<Latency> latencies = new ArrayList<>();
        for (int i = 0; i < half(effort.turns()); i++) {
            latencies.add(Latency.of(crew.latencies(load, time)));
        }
        return Latency.figures(name, latencies);
    }

    private static int half(int turns) {
        return (turns + 1) / 2;
    }

    private static double median(List<Figure> figures, String name) {
        return figure(figures, name).spread().median();
    }

    private static boolean misses(List<Figure> figures, String name) {
        return figure(figures, name).missesItsGoal();
    }

    private static Figure figure(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @param commit of the sources, in words */
    public Environment environment(String commit) throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(databases.url(STORE));
        database.setUser(databases.user());
        database.setPassword(databases.password());
        return Environment.of(database, commit);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        databases.close();
        callers.close();
    }
}
