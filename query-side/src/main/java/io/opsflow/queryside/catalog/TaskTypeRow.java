package io.opsflow.queryside.catalog;

import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A type as its last event left it. What is unset is null. The row of a deleted one stays as a tombstone. */
@Entity
@Table(name = "task_type")
public class TaskTypeRow implements Cloneable {

    @Id
    String taskTypeId;

    long version;
    boolean deleted;
    String name;

    @Nullable
    String description;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String fields;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String assigneePool;

    boolean requireProject;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String tags;

    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "cast(? as json)")
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
            case TaskTypeTagged tagged -> tags(tagged.tags());
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
        tags(created.tags());
        domainId = created.domainId();
        categoryId = created.categoryId();
        createdAt = created.at();
    }

    private void tags(ObjectNode sent) {
        tagsAsSent = Json.write(sent);
        tags = tagsAsSent;
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
