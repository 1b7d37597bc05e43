package io.opsflow.web.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** One of the words that may follow the jar's name. */
public interface Tool {

    /** The names of the options it takes, each with a value. */
    List<String> options();

    /** The names of the options that are given without a value. */
    default List<String> flags() {
        return List.of();
    }

    /**
     * @return the process's exit code
     * @throws ToolFailure where it cannot do what it was asked
     */
    int run(Options options, ToolSettings settings, PrintStream out)
            throws SQLException, IOException, InterruptedException;
}
