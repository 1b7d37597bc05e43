package io.opsflow.bench;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of one run, each with its median and spread, for programs and for people. */
record Report(Environment environment, int tasks, Instant begin, Duration took, List<Comparison.Outcome> outcomes) {

    private static final String ROW = "| %-20s | %22s | %22s | %20s | %-12s |";

    /** Writes {@code bench.json} and {@code bench.md}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("bench.json"), json());
        Files.writeString(directory.resolve("bench.md"), table());
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("began_at", begin.toString());
        report.put("took_seconds", took.toSeconds());
        report.put("tasks", tasks);
        report.put("projects", Dataset.PROJECTS);
        report.put("workspaces", Dataset.WORKSPACES);
        report.put("machine", environment.machine());
        report.put("versions", environment.versions());
        report.put("figures", figures());
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    private Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Comparison.Outcome outcome : outcomes) {
            String name = outcome.question().name();
            Map<String, Object> ratio = figure(outcome.ratio(), "ratio");
            if (outcome.question().goal() != null) {
                ratio.put("goal", outcome.question().goal());
                ratio.put("met", !outcome.missesItsGoal());
            }
            figures.put(name + "_ratio", ratio);
            figures.put(name + "_served", figure(outcome.served(), "ms"));
            figures.put(name + "_by_hand", figure(outcome.byHand(), "ms"));
        }
        return figures;
    }

    private static Map<String, Object> figure(Spread spread, String unit) {
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("median", rounded(spread.median()));
        figure.put("low", rounded(spread.low()));
        figure.put("high", rounded(spread.high()));
        figure.put("measurements", spread.count());
        figure.put("unit", unit);
        return figure;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        line(
                table,
                "%n%,d tasks, %d projects, %d workspaces; %d s in all%n",
                tasks,
                Dataset.PROJECTS,
                Dataset.WORKSPACES,
                took.toSeconds());
        environment.machine().forEach((name, value) -> line(table, "%s: %s", name, value));
        environment.versions().forEach((name, value) -> line(table, "%s: %s", name, value));
        line(table, "%nMedian, and where the middle half of the measurements lies.%n");
        line(table, ROW, "", "served, ms", "by hand, ms", "ratio", "goal");
        line(table, "|---|--:|--:|--:|---|");
        for (Comparison.Outcome outcome : outcomes) {
            line(
                    table,
                    ROW,
                    outcome.question().name(),
                    text(outcome.served()),
                    text(outcome.byHand()),
                    text(outcome.ratio()),
                    goal(outcome));
        }
        return table.toString();
    }

    private static String goal(Comparison.Outcome outcome) {
        Double goal = outcome.question().goal();
        return goal == null
                ? "none"
                : String.format(Locale.ROOT, "%.1f, %s", goal, outcome.missesItsGoal() ? "MISSED" : "met");
    }

    private static String text(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", spread.median(), spread.low(), spread.high());
    }

    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format + "%n", values));
    }
}
