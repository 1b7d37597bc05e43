package io.opsflow.bench.readmodel;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the read model has cost. */
record ReadModelFindings(History history, List<Figure> figures) implements Findings {

    private static final String ROW = "| %-29s | %-5s | %28s | %-24s |%n";

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("rebuilt_events", history.events());
        sizes.put("rebuilt_tasks", history.tasks());
        sizes.put("visible_samples_per_s", Watch.SAMPLES_PER_SECOND);
        return sizes;
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "Read model; %,d events of %,d tasks rebuilt%n%n", history.events(), history.tasks()));
        table.append(ROW.formatted("", "unit", "measured", "goal"));
        table.append("|---|---|--:|---|%n".formatted());
        for (Figure figure : figures) {
            table.append(ROW.formatted(figure.name(), figure.unit(), figure.text(), figure.verdict()));
        }
        return table.toString();
    }
}
