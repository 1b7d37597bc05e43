package io.opsflow.queryside.catalog;

import io.opsflow.api.catalog.CategoryState;
import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A category as its last event left it. What is unset is null. A deleted one stays readable. */
@Entity
@Table(name = "task_category")
public class TaskCategoryRow implements Cloneable {

    @Id
    String categoryId;

    long version;
    String name;

    @Nullable
    String description;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String statusOptions;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String fields;

    String state;

    @Column(columnDefinition = "jsonb")
    @ColumnTransformer(write = "cast(? as jsonb)")
    String tags;

    @Column(columnDefinition = "json")
    @ColumnTransformer(write = "cast(? as json)")
    String tagsAsSent;

    @Nullable
    String packageId;

    String domainId;
    Instant createdAt;
    Instant updatedAt;

    @Nullable
    Instant deletedAt;

    protected TaskCategoryRow() {}

    /** The number of the last event it holds. */
    public long version() {
        return version;
    }

    /**
     * The row after this event; the one before it is left as it was.
     *
     * @param before null where the event is the category's first
     * @throws IllegalArgumentException where a life does not begin with its creation, or begins twice
     */
    public static TaskCategoryRow evolve(@Nullable TaskCategoryRow before, TaskCategoryEvent event, long sequence) {
        if ((before == null) != (event instanceof TaskCategoryCreated)) {
            throw new IllegalArgumentException("a category is created once, by its first event");
        }
        TaskCategoryRow after = before == null ? new TaskCategoryRow() : before.copy();
        after.evolve(event);
        after.version = sequence;
        after.updatedAt = event.at();
        return after;
    }

    private void evolve(TaskCategoryEvent event) {
        switch (event) {
            case TaskCategoryCreated created -> create(created);
            case TaskCategoryRenamed renamed -> name = renamed.name();
            case TaskCategoryDescribed described -> description = unsetIfEmpty(described.description());
            case TaskCategoryStatusesChanged changed -> statusOptions = Json.write(changed.statusOptions());
            case TaskCategoryTagged tagged -> tags(tagged.tags());
            case TaskCategoryPackageChanged changed -> packageId = unsetIfEmpty(changed.packageId());
            case TaskCategoryDeleted deleted -> {
                state = CategoryState.DELETED.name();
                deletedAt = deleted.at();
            }
        }
    }

    private void create(TaskCategoryCreated created) {
        categoryId = created.categoryId();
        name = created.name();
        description = unsetIfEmpty(created.description());
        statusOptions = Json.write(created.statusOptions());
        fields = Json.write(created.fields());
        state = CategoryState.ACTIVE.name();
        tags(created.tags());
        packageId = unsetIfEmpty(created.packageId());
        domainId = created.domainId();
        createdAt = created.at();
    }

    private void tags(ObjectNode sent) {
        tagsAsSent = Json.write(sent);
        tags = tagsAsSent;
    }

    private static @Nullable String unsetIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private TaskCategoryRow copy() {
        try {
            return (TaskCategoryRow) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
