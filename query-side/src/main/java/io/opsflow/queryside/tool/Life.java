package io.opsflow.queryside.tool;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.queryside.task.TaskRow;
import io.opsflow.web.file.FileLinks;
import io.opsflow.web.tool.ToolFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The life of one task as far as its events have been added, from the first on. */
final class Life {

    private static final String FIELD = "%-12s  %s";

    private final FileLinks files;
    private @Nullable TaskRow row;
    private @Nullable EventRecord last;
    private String status = "";

    Life(FileLinks files) {
        this.files = files;
    }

    /** Whether any event was added. */
    boolean hasBegun() {
        return row != null;
    }

    /** The number of the last event; at least one must have been added. */
    long version() {
        return Objects.requireNonNull(row).version();
    }

    /**
     * @return what it did, in a line
     * @throws ToolFailure where a newer version wrote the event
     */
    String add(EventRecord record) {
        TaskEvent event = (TaskEvent) record.event()
                .orElseThrow(() ->
                        new ToolFailure("This version knows no event %s; run the newest.".formatted(record.name())));
        TaskRow before = row;
        row = TaskRow.evolve(before, event, record.sequence());
        last = record;
        if (event instanceof TaskCreated created) {
            status = created.status().name();
        } else if (event instanceof TaskStatusChanged changed) {
            status = changed.after().name();
        }
        return Deed.of(event, (before == null ? row : before).info(files));
    }

    /** What it is after the events that were added, a line for each field; at least one event must have been added. */
    List<String> state() {
        TaskRow state = Objects.requireNonNull(row);
        EventRecord event = Objects.requireNonNull(last);
        List<String> lines = new ArrayList<>();
        lines.add("version %d, since %s, by %s%s"
                .formatted(
                        state.version(),
                        Timestamps.format(event.occurredAt()),
                        Text.line(event.actor()),
                        event.event().orElseThrow() instanceof TaskDeleted ? ": deleted; what it was" : ""));
        TaskInfo info = state.info(files);
        ObjectNode fields = Json.mapper().valueToTree(info);
        fields.set(
                "files",
                Json.mapper()
                        .valueToTree(info.files().stream().map(FileInfo::fileId).toList()));
        fields.forEachEntry((name, value) ->
                lines.add(FIELD.formatted(name, field(name, value)).stripTrailing()));
        return lines;
    }

    private String field(String name, JsonNode value) {
        String text = Text.line(value.isString() ? value.stringValue() : Json.write(value));
        return name.equals("status_id") ? "%s (%s)".formatted(text, Text.line(status)) : text;
    }
}
