package io.opsflow.bench.queries;

import io.opsflow.bench.report.Environment;
import io.opsflow.bench.report.Findings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Loads the tasks and asks every question in both ways. */
public final class Queries implements AutoCloseable {

    private final QuerySide querySide = QuerySide.start();

    public Findings measure(int tasks, Comparison comparison, Consumer<String> progress) throws SQLException {
        progress.accept("Loading %,d tasks".formatted(tasks));
        Dataset dataset = new Dataset(tasks);
        new Loader(querySide.readModel()).load(dataset);
        List<Comparison.Outcome> outcomes = new ArrayList<>();
        try (ByHand byHand = new ByHand(querySide.readModel().getConnection())) {
            for (Question<?> question : new Questions(querySide, byHand, dataset).all()) {
                progress.accept("Asking " + question.name());
                outcomes.add(comparison.of(question));
            }
        }
        return new QueryFindings(tasks, outcomes);
    }

    public Environment environment(String commit) throws SQLException {
        return Environment.of(querySide.readModel(), commit);
    }

    @Override
    public void close() {
        querySide.close();
    }
}
