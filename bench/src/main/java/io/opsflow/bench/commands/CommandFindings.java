package io.opsflow.bench.commands;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What commands have cost.
 *
 * @param profiles where the time went, for each goal that was missed
 */
record CommandFindings(Effort effort, List<Figure> figures, List<Path> profiles) implements Findings {

    private static final String ROW = "| %-32s | %-5s | %28s | %-20s |%n";

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("callers", Crew.SIZE);
        sizes.put("few_events", effort.fewEvents());
        sizes.put("many_events", effort.manyEvents());
        sizes.put("turn_seconds", effort.turn().toMillis() / 1e3);
        return sizes;
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder("Commands, %d callers; few events are %,d, many %,d%n%n"
                .formatted(Crew.SIZE, effort.fewEvents(), effort.manyEvents()));
        table.append(ROW.formatted("", "unit", "measured", "goal"));
        table.append("|---|---|--:|---|%n".formatted());
        for (Figure figure : figures) {
            table.append(ROW.formatted(figure.name(), figure.unit(), figure.text(), figure.verdict()));
        }
        profiles.forEach(profile -> table.append("%nWhere the time goes: %s%n".formatted(profile)));
        return table.toString();
    }
}
