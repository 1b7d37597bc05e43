package io.opsflow.queryside.task;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as its last event left it. What is unset is null. The row of a deleted task stays, so that a late or repeated
 * event finds its version; nobody is shown it.
 */
@Entity
@Table(name = "task")
public class TaskRow implements Cloneable {

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

    // Written as text and cast by the database: neither a mapper nor jsonb stands between the digits sent and kept.
    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String data;

    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "cast(? as json)")
    String dataAsSent;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
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
            case TaskDataChanged changed -> data(changed.data());
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
        data(created.data());
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

    private void data(ObjectNode sent) {
        dataAsSent = Json.write(sent);
        data = dataAsSent;
    }

    private static @Nullable String unsetIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private TaskRow copy() {
        try {
            return (TaskRow) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
