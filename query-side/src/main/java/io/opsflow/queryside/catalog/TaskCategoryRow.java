package io.opsflow.queryside.catalog;

import static io.opsflow.queryside.table.ColumnType.ID;
import static io.opsflow.queryside.table.ColumnType.JSON;
import static io.opsflow.queryside.table.ColumnType.JSONB;
import static io.opsflow.queryside.table.ColumnType.NUMBER;
import static io.opsflow.queryside.table.ColumnType.TEXT;
import static io.opsflow.queryside.table.ColumnType.TIME;

import io.opsflow.api.caller.Caller;
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
import io.opsflow.queryside.table.RowTable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A category as its last event left it. What is unset is null. A deleted one stays readable. */
@Entity
@Immutable
@Table(name = "task_category")
public class TaskCategoryRow implements Cloneable {

    /** How the projection reads and writes rows; reads by id go by JPA. */
    public static final RowTable<TaskCategoryRow> TABLE = RowTable.kept("task_category", TaskCategoryRow::new)
            .column("category_id", ID, row -> row.categoryId, (row, value) -> row.categoryId = value)
            .column("version", NUMBER, row -> row.version, (row, value) -> row.version = value)
            .column("name", TEXT, row -> row.name, (row, value) -> row.name = value)
            .column("description", TEXT, row -> row.description, (row, value) -> row.description = value)
            .column("status_options", JSONB, row -> row.statusOptions, (row, value) -> row.statusOptions = value)
            .column("fields", JSONB, row -> row.fields, (row, value) -> row.fields = value)
            .column("state", TEXT, row -> row.state, (row, value) -> row.state = value)
            .column("tags_as_sent", JSON, row -> row.tagsAsSent, (row, value) -> row.tagsAsSent = value)
            .copy("tags", JSONB, "tags_as_sent", row -> row.tagsAsSent)
            .column("package_id", TEXT, row -> row.packageId, (row, value) -> row.packageId = value)
            .column("domain_id", ID, row -> row.domainId, (row, value) -> row.domainId = value)
            .column("created_at", TIME, row -> row.createdAt, (row, value) -> row.createdAt = value)
            .column("updated_at", TIME, row -> row.updatedAt, (row, value) -> row.updatedAt = value)
            .column("deleted_at", TIME, row -> row.deletedAt, (row, value) -> row.deletedAt = value)
            .build();

    @Id
    String categoryId;

    long version;
    String name;

    @Nullable
    String description;

    @Column(columnDefinition = "jsonb")
    String statusOptions;

    @Column(columnDefinition = "jsonb")
    String fields;

    String state;

    @Column(columnDefinition = "json")
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

    /** Whether it belongs to what the caller may see, deleted or not. */
    public boolean isSeenBy(Caller caller) {
        return caller.seesDomain(domainId);
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
            case TaskCategoryTagged tagged -> tagsAsSent = Json.write(tagged.tags());
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
        tagsAsSent = Json.write(created.tags());
        packageId = unsetIfEmpty(created.packageId());
        domainId = created.domainId();
        createdAt = created.at();
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
