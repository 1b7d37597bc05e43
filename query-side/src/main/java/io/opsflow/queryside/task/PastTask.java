package io.opsflow.queryside.task;

import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.JSON;
import static io.opsflow.queryside.table.ColumnType.JSONB;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.TEXT;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.queryside.table.RowTable;
import java.time.Instant;
import java.util.Optional;

/**
 * What a task was, from the time of that state's last event until another request changed it.
 *
 * @param validTo the time of that change; it does not belong to the span
 */
public record PastTask(TaskRow row, Instant validTo) {

    public static final RowTable<PastTask> TABLE = RowTable.<PastTask>added("task_past")
            .column("valid_to", TIME, PastTask::validTo)
            .column("task_id", ID, past -> past.row.taskId)
            .column("version", NUMBER, past -> past.row.version)
            .column("name", TEXT, past -> past.row.name)
            .column("status_id", TEXT, past -> past.row.statusId)
            .column("status_type", TEXT, past -> past.row.statusType)
            .column("priority", TEXT, past -> past.row.priority)
            .column("description", TEXT, past -> past.row.description)
            .column("data_as_sent", JSON, past -> past.row.dataAsSent)
            .column("files", JSONB, past -> past.row.files)
            .column("assignee", TEXT, past -> past.row.assignee)
            .column("created_by", TEXT, past -> past.row.createdBy)
            .column("domain_id", ID, past -> past.row.domainId)
            .column("workspace_id", ID, past -> past.row.workspaceId)
            .column("project_id", TEXT, past -> past.row.projectId)
            .column("category_id", TEXT, past -> past.row.categoryId)
            .column("task_type_id", TEXT, past -> past.row.taskTypeId)
            .column("created_at", TIME, past -> past.row.createdAt)
            .column("started_at", TIME, past -> past.row.startedAt)
            .column("updated_at", TIME, past -> past.row.updatedAt)
            .column("completed_at", TIME, past -> past.row.completedAt)
            .build();

    /** The state that a request has ended; empty where it lasted less than a millisecond, as no time leads to it. */
    public static Optional<PastTask> ended(TaskRow before, TaskRow after) {
        return after.updatedAt.isAfter(before.updatedAt)
                ? Optional.of(new PastTask(before, after.updatedAt))
                : Optional.empty();
    }
}
