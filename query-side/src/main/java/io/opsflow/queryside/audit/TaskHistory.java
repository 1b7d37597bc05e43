package io.opsflow.queryside.audit;

import io.opsflow.api.audit.FieldChange;
import io.opsflow.api.audit.TaskChange;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.queryside.query.AnswerSize;
import io.opsflow.queryside.task.TaskRow;
import io.opsflow.web.file.FileLinks;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The life of one task in the making: its events are added from the first on. */
final class TaskHistory {

    private final FileLinks files;
    private final long oldest;
    private final AnswerSize size;
    private final List<TaskChange> told = new ArrayList<>();
    private final Map<AuditEventType, String> eventIds = new EnumMap<>(AuditEventType.class);
    private @Nullable TaskRow row;
    private @Nullable TaskInfo info; // of that row, once one was told of

    /** @param oldest the first version to tell of; those before it are only folded */
    TaskHistory(FileLinks files, long oldest, AnswerSize size) {
        this.files = files;
        this.oldest = oldest;
        this.size = size;
    }

    /** @throws io.opsflow.api.error.ApiException as {@link AnswerSize#addJson} */
    void add(EventRecord logged) {
        TaskEvent event = TaskLog.event(logged);
        TaskRow before = row;
        TaskRow after = TaskRow.evolve(before, event, logged.sequence());
        String eventId =
                eventIds.computeIfAbsent(AuditEventType.of(event), type -> AuditEvents.eventId(logged.globalIndex()));
        if (logged.sequence() >= oldest) {
            TaskChange change = new TaskChange(
                    logged.sequence(),
                    eventId,
                    logged.name(),
                    Timestamps.format(logged.occurredAt()),
                    logged.actor(),
                    changes(before, after));
            size.addJson(Json.write(change));
            told.add(change);
        }
        if (logged.requestLast()) {
            eventIds.clear();
        }
        row = after;
    }

    List<TaskChange> newestFirst() {
        return told.reversed();
    }

    private List<FieldChange> changes(@Nullable TaskRow before, TaskRow after) {
        if (before == null) {
            info = after.info(files);
            return TaskChanges.between(null, info);
        }
        TaskInfo was = info == null ? before.info(files) : info;
        info = after.infoAfter(before, was, files);
        return TaskChanges.between(was, info);
    }
}
