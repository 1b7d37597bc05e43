package io.opsflow.queryside.tool;

import io.opsflow.web.tool.ToolSet;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The tools there are on this side. */
public final class QuerySideTools {

    public static final ToolSet ALL =
            new ToolSet(Map.of("replay", new Replay(), "export", new Export()), """
              replay --task ID [--at TIME | --version N]
                                                  tells a task's life, or what it was at a time or version
              export [--from N] [--to M] [--out FILE]
                                                  writes events as CloudEvents, a line of JSON each
            """, QuerySideTools::explanation);

    private QuerySideTools() {}

    private static Optional<String> explanation(Exception failure) {
        return switch (failure) {
            case SQLException e ->
                Optional.of("The read model at OPSFLOW_READ_MODEL_URL did not answer: " + ToolSet.firstLine(e));
            case IOException e -> Optional.of("It could not be written: " + ToolSet.firstLine(e));
            default -> Optional.empty();
        };
    }
}
