package io.opsflow.bench.report;

import java.util.List;
import java.util.Map;

/** What one part of the bench has found. */
public interface Findings {

    /** How much was measured: how many tasks, connections and the like. */
    Map<String, Object> sizes();

    List<Figure> figures();

    /** The same for people, as a table of Markdown. */
    String table();
}
