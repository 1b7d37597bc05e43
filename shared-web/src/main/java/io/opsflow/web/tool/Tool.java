package io.opsflow.web.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** One of the words that may follow the jar's name. */
public interface Tool {

    /** The names of the options it takes. */
    List<String> options();

    /**
     * @return the process's exit code
     * @throws ToolFailure where it cannot do what it was asked
     */
    int run(Options options, ToolSettings settings, PrintStream out)
            throws SQLException, IOException, InterruptedException;
}
