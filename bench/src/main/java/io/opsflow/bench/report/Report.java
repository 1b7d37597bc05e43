package io.opsflow.bench.report;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures of one run, each with its median and spread, for programs and for people. */
public record Report(Environment environment, Instant begin, Duration took, List<Findings> parts) {

    /** Writes {@code bench.json} and {@code bench.md}. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("bench.json"), json());
        Files.writeString(directory.resolve("bench.md"), table());
    }

    public String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("began_at", begin.toString());
        report.put("took_seconds", took.toSeconds());
        parts.forEach(part -> report.putAll(part.sizes()));
        report.put("machine", environment.machine());
        report.put("versions", environment.versions());
        Map<String, Object> figures = new LinkedHashMap<>();
        parts.forEach(part -> part.figures().forEach(figure -> figures.put(figure.name(), figure.members())));
        report.put("figures", figures);
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    public String table() {
        StringBuilder table = new StringBuilder("\n%d s in all%n".formatted(took.toSeconds()));
        environment.machine().forEach((name, value) -> table.append("%s: %s%n".formatted(name, value)));
        environment.versions().forEach((name, value) -> table.append("%s: %s%n".formatted(name, value)));
        table.append("%nMedian, and where the middle half of the measurements lies.%n".formatted());
        parts.forEach(part -> table.append("%n".formatted()).append(part.table()));
        return table.toString();
    }
}
