package io.opsflow.queryside.tool;

import io.opsflow.api.event.CloudEventJson;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.web.tool.NewFile;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Progress;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes events as CloudEvents in structured mode, a line of JSON in UTF-8 each, in the order of the event store. It
 * ends before the first event that the read side does not have, so nothing is ever passed over.
 */
final class Export implements Tool {

    private static final String EVENT = "the number of an event";

    @Override
    public List<String> options() {
        return List.of("from", "to", "out");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException, IOException {
        long from = options.number("from", EVENT, 1).orElse(1L);
        Optional<Long> to = options.number("to", EVENT, from);
        try (LogReader log = LogReader.open(settings.bind("opsflow.read-model", ReadModelSettings.class))) {
            Optional<String> file = options.get("out");
            if (file.isEmpty()) {
                write(log, from, to, new Lines(out, from, __ -> {}));
                return 0;
            }
            Progress progress = new Progress(out, "exported");
            try (PrintStream created = NewFile.create(file.get())) {
                Lines lines = new Lines(created, from, progress::at);
                write(log, from, to, lines);
                out.println(progress.line(lines.written()) + " to " + file.get());
            }
            return 0;
        }
    }

    private static void write(LogReader log, long from, Optional<Long> to, Lines lines)
            throws SQLException, IOException {
        log.range(from, to.orElse(Long.MAX_VALUE), lines::add);
        lines.end();
        if (to.isPresent() && lines.next() <= to.get()) {
            throw new ToolFailure("The read side does not have event %d; %s."
                    .formatted(
                            lines.next(),
                            lines.written() == 0 ? "nothing was written" : "what was written ends before it"));
        }
    }

    /** The output, as long as the next event is the one that has to come. */
    private static final class Lines {

        private final PrintStream out;
        private final long from;
        private final LongConsumer progress;
        private long next;

        Lines(PrintStream out, long from, LongConsumer progress) {
            // Whatever the locale of the terminal.
            this.out = new PrintStream(new BufferedOutputStream(out), false, StandardCharsets.UTF_8);
            this.from = from;
            this.next = from;
            this.progress = progress;
        }

        boolean add(EventRecord event) {
            if (event.globalIndex() != next) {
                return false;
            }
            out.print(CloudEventJson.write(event));
            out.print('\n');
            next++;
            progress.accept(written());
            return !(written() % 1000 == 0 && out.checkError()); // whoever reads it may have gone
        }

        long next() {
            return next;
        }

        long written() {
            return next - from;
        }

        void end() throws IOException {
            if (out.checkError()) {
                throw new IOException("the output was closed");
            }
        }
    }
}
