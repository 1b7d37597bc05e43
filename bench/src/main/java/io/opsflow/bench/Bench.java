package io.opsflow.bench;

import io.opsflow.bench.commands.CommandBench;
import io.opsflow.bench.commands.Effort;
import io.opsflow.bench.queries.Comparison;
import io.opsflow.bench.queries.Queries;
import io.opsflow.bench.readmodel.ReadModelBench;
import io.opsflow.bench.readmodel.ReadModelEffort;
import io.opsflow.bench.report.Environment;
import io.opsflow.bench.report.Findings;
import io.opsflow.bench.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Runs the parts that were asked for, each on servers of its own, and writes down what came of it. */
final class Bench {

    private Bench() {}

    public static void main(String... arguments) {
        try {
            Settings settings = Settings.of(arguments);
            Report report = run(settings);
            report.write(settings.directory());
            System.out.println(report.table());
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // not by itself: the servers' threads are still there
        }
    }

    private static Report run(Settings settings) throws Exception {
        Instant begin = Instant.now();
        List<Environment> environments = new ArrayList<>();
        List<Findings> parts = new ArrayList<>();
        if (settings.isWanted("commands")) {
            say("Starting PostgreSQL and Kafka");
            try (CommandBench commands = new CommandBench(settings.directory(), Bench::say)) {
                parts.add(commands.measure(Effort.THOROUGH, settings.profile()));
                environments.add(commands.environment(settings.commit()));
            }
        }
        if (settings.isWanted("queries")) {
            say("Starting PostgreSQL, Kafka and the query side");
            try (Queries queries = new Queries()) {
                parts.add(queries.measure(settings.tasks(), Comparison.THOROUGH, Bench::say));
                environments.add(queries.environment(settings.commit()));
            }
        }
        if (settings.isWanted("read-model")) {
            say("Starting PostgreSQL, Kafka and both sides");
            try (ReadModelBench readModel = new ReadModelBench(Bench::say)) {
                parts.add(readModel.measure(ReadModelEffort.THOROUGH, settings.events(), httpCommands(parts)));
                environments.add(readModel.environment(settings.commit()));
            }
        }
        return new Report(environments.getFirst(), begin, Duration.between(begin, Instant.now()), parts);
    }

    /** As many a second as were measured before, if they were. */
    private static OptionalDouble httpCommands(List<Findings> before) {
        return before.stream()
                .flatMap(findings -> findings.figures().stream())
                .filter(figure -> figure.name().equals(CommandBench.HTTP_PER_SECOND))
                .mapToDouble(figure -> figure.spread().median())
                .findFirst();
    }

    private static void say(String what) {
        System.out.println(what + " ...");
    }
}
