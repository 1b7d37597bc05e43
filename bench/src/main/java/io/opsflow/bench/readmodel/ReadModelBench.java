package io.opsflow.bench.readmodel;

import io.opsflow.bench.report.Environment;
import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import io.opsflow.bench.server.Databases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;

/** Measures how far reads are behind the writes, and then what it takes to build the read model anew. */
public final class ReadModelBench implements AutoCloseable {

    private final Databases databases = Databases.start();
    private final Consumer<String> progress;

    public ReadModelBench(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * @param events to build a read model of; cut to a multiple of 32
     * @param httpCommands a second at most, where they were measured in this run
     */
    public Findings measure(ReadModelEffort effort, int events, OptionalDouble httpCommands) throws Exception {
        History history = History.ofAtMost(events);
        List<Figure> figures = new ArrayList<>(new Visibility(databases, progress).measure(effort, httpCommands));
        figures.addAll(new Rebuilds(databases, progress).measure(history, effort.rebuilds()));
        return new ReadModelFindings(history, figures);
    }

    /** @param commit of the sources, in words */
    public Environment environment(String commit) throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(databases.url("postgres"));
        database.setUser(databases.user());
        database.setPassword(databases.password());
        return Environment.of(database, commit);
    }

    @Override
    public void close() {
        databases.close();
    }
}
