package io.opsflow.queryside.tool;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.query.IsoTime;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.web.file.FileLinks;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tells the life of a task event by event, or what it was at a time or a version; of deleted tasks too. */
final class Replay implements Tool {

    private static final String LINE = "%7s  %-24s  %-24s  %s%n";

    @Override
    public List<String> options() {
        return List.of("task", "at", "version");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException {
        String taskId = options.get("task").orElseThrow(() -> new ToolFailure("--task is missing: the id of a task."));
        if (options.get("at").isPresent() && options.get("version").isPresent()) {
            throw new ToolFailure("Either --at or --version, not both.");
        }
        Life life = new Life(settings.bind("opsflow.files", FileLinks.class));
        try (LogReader log = LogReader.open(settings.bind("opsflow.read-model", ReadModelSettings.class))) {
            if (options.get("at").isPresent()) {
                Instant at = time(options.get("at").get());
                read(log, taskId, event -> !event.occurredAt().isAfter(at), life::add);
                if (!life.hasBegun()) {
                    throw new ToolFailure(
                            "The task %s was not yet there at %s.".formatted(taskId, Timestamps.format(at)));
                }
                life.state().forEach(out::println);
            } else if (options.get("version").isPresent()) {
                long version =
                        options.number("version", "the number of a version", 0).orElseThrow();
                read(log, taskId, event -> event.sequence() <= version, life::add);
                if (life.version() < version) {
                    throw new ToolFailure("The task %s has the versions 0 to %d.".formatted(taskId, life.version()));
                }
                life.state().forEach(out::println);
            } else {
                read(log, taskId, __ -> true, event -> tell(event, life, out));
            }
            return 0;
        }
    }

    /** @param until whether an event is among those to read; those after one that is not are not either */
    private static void read(LogReader log, String taskId, Predicate<EventRecord> until, Consumer<EventRecord> reader)
            throws SQLException {
        AtomicBoolean exists = new AtomicBoolean();
        log.life(taskId, event -> {
            exists.set(true);
            boolean isAmongThem = until.test(event);
            if (isAmongThem) {
                reader.accept(event);
            }
            return isAmongThem;
        });
        if (!exists.get()) {
            throw new ToolFailure("There is no task %s in the read model.".formatted(taskId));
        }
    }

    private static void tell(EventRecord event, Life life, PrintStream out) {
        if (!life.hasBegun()) {
            out.printf(LINE, "version", "time", "who", "what happened");
        }
        out.printf(
                LINE,
                event.sequence(),
                Timestamps.format(event.occurredAt()),
                Text.line(event.actor()),
                life.add(event));
    }

    private static Instant time(String text) {
        try {
            return IsoTime.parse(text, "at");
        } catch (ApiException e) {
            throw new ToolFailure("--at is a time such as 2026-01-31T12:00:00Z, not " + text);
        }
    }
}
