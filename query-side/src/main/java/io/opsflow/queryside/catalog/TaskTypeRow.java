package io.opsflow.queryside.catalog;

import static io.opsflow.queryside.table.ColumnType.FLAG;
import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.JSON;
import static io.opsflow.queryside.table.ColumnType.JSONB;
import static io.opsflow.queryside.table.ColumnType.NAME;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.TEXT;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.json.Json;
import io.opsflow.queryside.table.RowTable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A type as its last event left it. What is unset is null. The row of a deleted one stays as a tombstone. */
@Entity
@Immutable
@Table(name = "task_type")
public class TaskTypeRow implements Cloneable {

    /** How the projection reads and writes rows; reads by id go by JPA. */
    public static final RowTable<TaskTypeRow> TABLE = RowTable.kept("task_type", TaskTypeRow::new)
            .column("task_type_id", ID, row -> row.taskTypeId, (row, value) -> row.taskTypeId = value)
            .column("version", NUMBER, row -> row.version, (row, value) -> row.version = value)
            .column("deleted", FLAG, row -> row.deleted, (row, value) -> row.deleted = value)
            .column("name", TEXT, row -> row.name, (row, value) -> row.name = value)
            .column("description", TEXT, row -> row.description, (row, value) -> row.description = value)
            .column("fields", JSONB, row -> row.fields, (row, value) -> row.fields = value)
            .column("assignee_pool", JSONB, row -> row.assigneePool, (row, value) -> row.assigneePool = value)
            .column("require_project", FLAG, row -> row.requireProject, (row, value) -> row.requireProject = value)
            .column("tags_as_sent", JSON, row -> row.tagsAsSent, (row, value) -> row.tagsAsSent = value)
            .copy("tags", JSONB, "tags_as_sent", row -> row.tagsAsSent)
            .column("domain_id", ID, row -> row.domainId, (row, value) -> row.domainId = value)
            .column("category_id", NAME, row -> row.categoryId, (row, value) -> row.categoryId = value)
            .column("created_at", TIME, row -> row.createdAt, (row, value) -> row.createdAt = value)
            .column("updated_at", TIME, row -> row.updatedAt, (row, value) -> row.updatedAt = value)
            .build();

    @Id
    String taskTypeId;

    long version;
    boolean deleted;
    String name;

    @Nullable
    String description;

    @Column(columnDefinition = "jsonb")
    String fields;

    @Column(columnDefinition = "jsonb")
    String assigneePool;

    boolean requireProject;

    @Column(columnDefinition = "json")
    String tagsAsSent;

    String domainId;
    String categoryId;
    Instant createdAt;
    Instant updatedAt;

    protected TaskTypeRow() {}

    /** The number of the last event it holds. */
    public long version() {
        return version;
    }

    /** Whether it belongs to what the caller may see, deleted or not. */
    public boolean isSeenBy(Caller caller) {
        return caller.seesDomain(domainId);
    }

    /**
     * The row after this event; the one before it is left as it was.
     *
     * @param before null where the event is the type's first
     * @throws IllegalArgumentException where a life does not begin with its creation, or begins twice
     */
    public static TaskTypeRow evolve(@Nullable TaskTypeRow before, TaskTypeEvent event, long sequence) {
        if ((before == null) != (event instanceof TaskTypeCreated)) {
            throw new IllegalArgumentException("a type is created once, by its first event");
        }
        TaskTypeRow after = before == null ? new TaskTypeRow() : before.copy();
        after.evolve(event);
        after.version = sequence;
        after.updatedAt = event.at();
        return after;
    }

    private void evolve(TaskTypeEvent event) {
        switch (event) {
            case TaskTypeCreated created -> create(created);
            case TaskTypeRenamed renamed -> name = renamed.name();
            case TaskTypeDescribed described -> description = unsetIfEmpty(described.description());
            case TaskTypeFieldsChanged changed -> fields = Json.write(changed.fields());
            case TaskTypeAssigneePoolChanged changed -> assigneePool = Json.write(changed.assigneePool());
            case TaskTypeTagged tagged -> tagsAsSent = Json.write(tagged.tags());
            case TaskTypeDeleted gone -> deleted = true;
        }
    }

    private void create(TaskTypeCreated created) {
        taskTypeId = created.taskTypeId();
        name = created.name();
        description = unsetIfEmpty(created.description());
        fields = Json.write(created.fields());
        assigneePool = Json.write(created.assigneePool());
        requireProject = created.requireProject();
        tagsAsSent = Json.write(created.tags());
        domainId = created.domainId();
        categoryId = created.categoryId();
        createdAt = created.at();
    }

    private static @Nullable String unsetIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private TaskTypeRow copy() {
        try {
            return (TaskTypeRow) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
