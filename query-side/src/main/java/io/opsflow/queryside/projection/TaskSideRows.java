package io.opsflow.queryside.projection;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.queryside.audit.AuditEvent;
import io.opsflow.queryside.audit.AuditEvents;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.queryside.task.PastTask;
import io.opsflow.queryside.task.TaskRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the requests of a batch leave behind of tasks, beside their rows: the states they ended and what auditors read. */
final class TaskSideRows {

    private final List<PastTask> past = new ArrayList<>();
    private final List<AuditEvent> audit = new ArrayList<>();

    /**
     * Adds all or, where it fails, nothing.
     *
     * @param before the row before the request; null where it created the task
     * @param request all events of one request
     * @param events the same, read
     */
    void add(@Nullable TaskRow before, TaskRow after, List<EventRecord> request, List<TaskEvent> events) {
        List<AuditEvent> told = AuditEvents.of(before, request, events);
        if (before != null) {
            PastTask.ended(before, after).ifPresent(past::add);
        }
        audit.addAll(told);
    }

    void save(Pipeline pipeline) {
        PastTask.TABLE.insert(pipeline, past);
        AuditEvent.TABLE.insert(pipeline, audit);
    }
}
