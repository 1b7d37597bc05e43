package io.opsflow.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Starts the servers, loads the tasks, asks every question in both ways and writes down what came of it. */
final class Bench {

    private static final Comparison THOROUGH = new Comparison(Duration.ofSeconds(6), Duration.ofSeconds(20), 1_000);

    private Bench() {}

    public static void main(String... arguments) {
        try {
            Settings settings = Settings.of(arguments);
            Report report = run(settings.tasks(), THOROUGH, settings.commit());
            report.write(settings.directory());
            System.out.println(report.table());
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // not by itself: the servers' threads are still there
        }
    }

    static Report run(int tasks, Comparison comparison, String commit) throws SQLException {
        Instant begin = Instant.now();
        say("Starting PostgreSQL, Kafka and the query side");
        try (QuerySide querySide = QuerySide.start()) {
            say("Loading %,d tasks".formatted(tasks));
            Dataset dataset = new Dataset(tasks);
            new Loader(querySide.readModel()).load(dataset);
            List<Comparison.Outcome> outcomes = new ArrayList<>();
            try (ByHand byHand = new ByHand(querySide.readModel().getConnection())) {
                for (Question<?> question : new Questions(querySide, byHand, dataset).all()) {
                    say("Asking " + question.name());
                    outcomes.add(comparison.of(question));
                }
            }
            Environment environment = Environment.of(querySide.readModel(), commit);
            return new Report(environment, tasks, begin, Duration.between(begin, Instant.now()), outcomes);
        }
    }

    private static void say(String what) {
        System.out.println(what + " ...");
    }

    /**
     * @param directory where the report goes
     * @param commit of the sources, in words
     */
    record Settings(int tasks, Path directory, String commit) {

        static Settings of(String... arguments) {
            int tasks = 1_000_000;
            String commit = "unknown";
            for (int i = 0; i < arguments.length; i++) {
                String[] option = arguments[i].split("=", 2);
                String value = option.length == 2 ? option[1] : arguments[++i];
                switch (option[0]) {
                    case "--tasks" -> tasks = Integer.parseInt(value);
                    case "--commit" -> commit = value;
                    default -> throw new IllegalArgumentException("Unknown option " + option[0]);
                }
            }
            return new Settings(tasks, Path.of("target"), commit);
        }
    }
}
