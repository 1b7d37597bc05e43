package io.opsflow.bench.queries;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the questions have cost. */
record QueryFindings(int tasks, List<Comparison.Outcome> outcomes) implements Findings {

    private static final String ROW = "| %-20s | %22s | %22s | %20s | %-20s |%n";

    @Override
    public Map<String, Object> sizes() {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("tasks", tasks);
        sizes.put("projects", Dataset.PROJECTS);
        sizes.put("workspaces", Dataset.WORKSPACES);
        return sizes;
    }

    @Override
    public List<Figure> figures() {
        return outcomes.stream().flatMap(outcome -> outcome.figures().stream()).toList();
    }

    @Override
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%,d tasks, %d projects, %d workspaces%n%n", tasks, Dataset.PROJECTS, Dataset.WORKSPACES));
        table.append(ROW.formatted("", "served, ms", "by hand, ms", "ratio", "goal"));
        table.append("|---|--:|--:|--:|---|%n".formatted());
        for (Comparison.Outcome outcome : outcomes) {
            table.append(ROW.formatted(
                    outcome.question().name(),
                    outcome.served().text(),
                    outcome.byHand().text(),
                    outcome.ratio().text(),
                    outcome.ratio().verdict()));
        }
        return table.toString();
    }
}
