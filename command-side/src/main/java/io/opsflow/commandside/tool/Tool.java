package io.opsflow.commandside.tool;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** One of the words that may follow the jar's name. */
interface Tool {

    /** The names of the options it takes. */
    List<String> options();

    /** @return the process's exit code */
    int run(Options options, ToolSettings settings, PrintStream out) throws SQLException, InterruptedException;
}
