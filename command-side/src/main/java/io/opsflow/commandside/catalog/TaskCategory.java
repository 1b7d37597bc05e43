package io.opsflow.commandside.catalog;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.CategoryState;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.DeleteTaskCategory;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.UpdateTaskCategory;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.FreeObject;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A category of tasks: it gives them their statuses. Deleted ones stay, for the tasks that are in them. */
@Aggregate
@NullUnmarked // the first event fills the fields, and no command reaches an instance before it
public class TaskCategory {

    @AggregateIdentifier
    private String categoryId;

    private String name;
    private String description;
    private StatusOptions statusOptions;
    private List<TaskField> fields;
    private ObjectNode tags;
    private String packageId;
    private String domainId;
    private Instant createdAt;
    private Instant updatedAt;
    private @Nullable Instant deletedAt;

    /** For Axon, which fills it by its events. */
    protected TaskCategory() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Versioned<TaskCategoryInfo> decide(CreateTaskCategory command, Clock clock) {
        emit(
                new TaskCategoryCreated(
                        command.categoryId(),
                        command.name(),
                        command.description(),
                        command.statusOptions(),
                        command.fields(),
                        command.tags(),
                        command.packageId(),
                        command.domainId(),
                        Timestamps.now(clock)),
                command.domainId());
        return new Versioned<>(info(), categoryId, getVersion());
    }

    @CommandHandler
    Versioned<TaskCategoryInfo> decide(
            UpdateTaskCategory command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            TaskRefs taskRefs,
            Clock clock) {
        admit(caller, expected);
        if (deletedAt != null) {
            throw ApiException.invalid("category_id", "the category is deleted");
        }
        StatusOptions options = command.statusOptions();
        List<String> removed = options == null ? List.of() : removed(options);
        if (!removed.isEmpty() && !command.force()) {
            taskRefs.requireNoneIn(categoryId, removed);
        }
        Instant now = Timestamps.next(clock, updatedAt);
        if (command.name() != null && !command.name().equals(name)) {
            emit(new TaskCategoryRenamed(categoryId, command.name(), now), domainId);
        }
        if (command.description() != null && !command.description().equals(description)) {
            emit(new TaskCategoryDescribed(categoryId, command.description(), now), domainId);
        }
        if (options != null && !options.equals(statusOptions)) {
            emit(new TaskCategoryStatusesChanged(categoryId, options, removed, now), domainId);
        }
        if (command.tags() != null && FreeObject.differ(command.tags(), tags)) {
            emit(new TaskCategoryTagged(categoryId, command.tags(), now), domainId);
        }
        if (command.packageId() != null && !command.packageId().equals(packageId)) {
            emit(new TaskCategoryPackageChanged(categoryId, command.packageId(), now), domainId);
        }
        return new Versioned<>(info(), categoryId, getVersion());
    }

    @CommandHandler
    Versioned<Nothing> decide(
            DeleteTaskCategory command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Clock clock) {
        admit(caller, expected);
        if (deletedAt == null) {
            emit(new TaskCategoryDeleted(categoryId, Timestamps.next(clock, updatedAt)), domainId);
        }
        return new Versioned<>(Nothing.MORE, categoryId, getVersion());
    }

    @EventSourcingHandler
    void evolve(TaskCategoryEvent event) {
        switch (event) {
            case TaskCategoryCreated created -> begin(created);
            case TaskCategoryRenamed renamed -> name = renamed.name();
            case TaskCategoryDescribed described -> description = described.description();
            case TaskCategoryStatusesChanged changed -> statusOptions = changed.statusOptions();
            case TaskCategoryTagged tagged -> tags = tagged.tags();
            case TaskCategoryPackageChanged changed -> packageId = changed.packageId();
            case TaskCategoryDeleted deleted -> deletedAt = deleted.at();
        }
        updatedAt = event.at();
    }

    /** What other aggregates decide by. */
    Catalog.Category view() {
        return new Catalog.Category(categoryId, domainId, deletedAt == null, statusOptions, fields);
    }

    private void begin(TaskCategoryCreated created) {
        categoryId = created.categoryId();
        name = created.name();
        description = created.description();
        statusOptions = created.statusOptions();
        fields = created.fields();
        tags = created.tags();
        packageId = created.packageId();
        domainId = created.domainId();
        createdAt = created.at();
    }

    private void admit(Caller caller, @Nullable ExpectedVersions expected) {
        if (!caller.seesDomain(domainId)) {
            throw ApiException.notFound("category_id", categoryId);
        }
        ExpectedVersions.check(expected, getVersion());
    }

    /** A task's status_type is the list that holds its status: what stays, stays where it is. */
    private List<String> removed(StatusOptions options) {
        List<String> removed = new ArrayList<>();
        statusOptions.all().forEach(status -> {
            Optional<TaskStatus> kept = options.find(status.statusId());
            if (kept.isEmpty()) {
                removed.add(status.statusId());
            } else if (kept.get().statusType() != status.statusType()) {
                throw ApiException.invalid(
                        "status_options", "a status cannot move to another list: " + status.statusId());
            }
        });
        return removed;
    }

    private static void emit(TaskCategoryEvent event, String domainId) {
        apply(event, EventScope.ofDomain(domainId).asMetaData());
    }

    TaskCategoryInfo info() {
        CategoryState state = deletedAt == null ? CategoryState.ACTIVE : CategoryState.DELETED;
        return new TaskCategoryInfo(
                categoryId,
                name,
                description,
                statusOptions,
                fields,
                state.name(),
                tags,
                packageId,
                domainId,
                Timestamps.format(createdAt),
                Timestamps.format(updatedAt),
                Timestamps.format(deletedAt));
    }
}
