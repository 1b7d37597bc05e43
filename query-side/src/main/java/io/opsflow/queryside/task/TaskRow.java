package io.opsflow.queryside.task;

import static io.opsflow.queryside.table.ColumnType.FLAG;
import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.JSON;
import static io.opsflow.queryside.table.ColumnType.JSONB;
import static io.opsflow.queryside.table.ColumnType.NAME;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.TEXT;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.queryside.table.RowTable;
import io.opsflow.web.file.FileLinks;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as its last event left it. What is unset is null. The row of a deleted task stays, so that a late or repeated
 * event finds its version; nobody is shown it.
 */
@Entity
@Immutable
@Table(name = "task")
public class TaskRow implements Cloneable {

    /** How the projection reads and writes rows; reads by id go by JPA. */
    public static final RowTable<TaskRow> TABLE = RowTable.kept("task", TaskRow::new)
            .column("task_id", ID, row -> row.taskId, (row, value) -> row.taskId = value)
            .column("version", NUMBER, row -> row.version, (row, value) -> row.version = value)
            .column("deleted", FLAG, row -> row.deleted, (row, value) -> row.deleted = value)
            .column("name", TEXT, row -> row.name, (row, value) -> row.name = value)
            .column("status_id", NAME, row -> row.statusId, (row, value) -> row.statusId = value)
            .column("status_type", TEXT, row -> row.statusType, (row, value) -> row.statusType = value)
            .column("priority", TEXT, row -> row.priority, (row, value) -> row.priority = value)
            .column("description", TEXT, row -> row.description, (row, value) -> row.description = value)
            .column("data_as_sent", JSON, row -> row.dataAsSent, (row, value) -> row.dataAsSent = value)
            .copy("data", JSONB, "data_as_sent", row -> row.dataAsSent)
            .column("files", JSONB, row -> row.files, (row, value) -> row.files = value)
            .column("assignee", NAME, row -> row.assignee, (row, value) -> row.assignee = value)
            .column("created_by", TEXT, row -> row.createdBy, (row, value) -> row.createdBy = value)
            .column("domain_id", ID, row -> row.domainId, (row, value) -> row.domainId = value)
            .column("workspace_id", ID, row -> row.workspaceId, (row, value) -> row.workspaceId = value)
            .column("project_id", NAME, row -> row.projectId, (row, value) -> row.projectId = value)
            .column("category_id", NAME, row -> row.categoryId, (row, value) -> row.categoryId = value)
            .column("task_type_id", TEXT, row -> row.taskTypeId, (row, value) -> row.taskTypeId = value)
            .column("created_at", TIME, row -> row.createdAt, (row, value) -> row.createdAt = value)
            .column("started_at", TIME, row -> row.startedAt, (row, value) -> row.startedAt = value)
            .column("updated_at", TIME, row -> row.updatedAt, (row, value) -> row.updatedAt = value)
            .column("completed_at", TIME, row -> row.completedAt, (row, value) -> row.completedAt = value)
            .build();

    /** The ids and the times, most of them 20 to 30 characters, and what Java puts around each. */
    private static final int SIZE_OF_THE_REST = 1_200;

    @Id
    String taskId;

    long version;
    boolean deleted;
    String name;
    String statusId;
    String statusType;
    String priority;

    @Nullable
    String description;

    @Column(columnDefinition = "json")
    String dataAsSent;

    @Column(columnDefinition = "jsonb")
    String files;

    @Nullable
    String assignee;

    String createdBy;
    String domainId;
    String workspaceId;
    String projectId;
    String categoryId;
    String taskTypeId;
    Instant createdAt;

    @Nullable
    Instant startedAt;

    Instant updatedAt;

    @Nullable
    Instant completedAt;

    protected TaskRow() {}

    /** The number of the last event it holds. */
    public long version() {
        return version;
    }

    /** The time of that event. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** Bytes of memory that it takes, more or less: texts in Latin letters take one a character, others two. */
    public long size() {
        return SIZE_OF_THE_REST + length(name) + length(description) + length(dataAsSent) + length(files);
    }

    /** Of an event that holds too little a row is made all the same; the database refuses it. */
    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    public String name() {
        return name;
    }

    public String projectId() {
        return projectId;
    }

    public boolean deleted() {
        return deleted;
    }

    /** Whether the caller may see it where it is, deleted or not. */
    public boolean isSeenBy(Caller caller) {
        return caller.sees(domainId, workspaceId, projectId);
    }

    /**
     * The row after this event; the one before it is left as it was.
     *
     * @param before null where the event is the task's first
     * @throws IllegalArgumentException where a life does not begin with its creation, or begins twice
     */
    public static TaskRow evolve(@Nullable TaskRow before, TaskEvent event, long sequence) {
        if ((before == null) != (event instanceof TaskCreated)) {
            throw new IllegalArgumentException("a task is created once, by its first event");
        }
        TaskRow after = before == null ? new TaskRow() : before.copy();
        after.evolve(event);
        after.version = sequence;
        after.updatedAt = event.at();
        return after;
    }

    /** The task as it is answered, deleted or not. */
    public TaskInfo info(FileLinks links) {
        return info(links, Json.mapper().readValue(dataAsSent, ObjectNode.class));
    }

    /**
     * Likewise; the data is read only where it has changed.
     *
     * @param before an earlier version of the task
     * @param answered what is answered of that
     */
    public TaskInfo infoAfter(TaskRow before, TaskInfo answered, FileLinks links) {
        return dataAsSent.equals(before.dataAsSent) ? info(links, answered.data()) : info(links);
    }

    private TaskInfo info(FileLinks links, ObjectNode data) {
        return new TaskInfo(
                taskId,
                name,
                statusId,
                statusType,
                priority,
                emptyIfUnset(description),
                data,
                files(links),
                emptyIfUnset(assignee),
                createdBy,
                domainId,
                workspaceId,
                projectId,
                categoryId,
                taskTypeId,
                Timestamps.format(createdAt),
                Timestamps.format(startedAt),
                Timestamps.format(updatedAt),
                Timestamps.format(completedAt));
    }

    private List<FileInfo> files(FileLinks links) {
        return Arrays.stream(Json.mapper().readValue(files, String[].class))
                .map(file -> FileInfo.of(file, taskId, domainId, workspaceId, projectId, links.downloadUrl()))
                .toList();
    }

    private void evolve(TaskEvent event) {
        switch (event) {
            case TaskCreated created -> create(created);
            case TaskRenamed renamed -> name = renamed.name();
            case TaskDescribed described -> description = unsetIfEmpty(described.description());
            case TaskPrioritized prioritized ->
                priority = prioritized.priority().name();
            case TaskAssigned assigned -> assignee = unsetIfEmpty(assigned.assignee());
            case TaskFilesChanged changed -> files = Json.write(changed.files());
            case TaskMentioned __ -> {}
            case TaskDataChanged changed -> dataAsSent = Json.write(changed.data());
            case TaskMoved moved -> projectId = moved.projectId();
            case TaskStatusChanged changed -> {
                status(changed.after());
                startedAt = changed.startedAt();
                completedAt = changed.completedAt();
            }
            case TaskDeleted __ -> deleted = true;
        }
    }

    private void create(TaskCreated created) {
        taskId = created.taskId();
        name = created.name();
        status(created.status());
        priority = created.priority().name();
        description = unsetIfEmpty(created.description());
        files = Json.write(created.files());
        assignee = unsetIfEmpty(created.assignee());
        dataAsSent = Json.write(created.data());
        createdBy = created.createdBy();
        domainId = created.domainId();
        workspaceId = created.workspaceId();
        projectId = created.projectId();
        categoryId = created.categoryId();
        taskTypeId = created.taskTypeId();
        createdAt = created.at();
        startedAt = created.startedAt();
        completedAt = created.completedAt();
    }

    private void status(TaskStatus status) {
        statusId = status.statusId();
        statusType = status.statusType().name();
    }

    private static @Nullable String unsetIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String emptyIfUnset(@Nullable String text) {
        return text == null ? "" : text;
    }

    private TaskRow copy() {
        try {
            return (TaskRow) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
