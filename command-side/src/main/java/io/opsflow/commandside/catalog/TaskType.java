package io.opsflow.commandside.catalog;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.DeleteTaskType;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.catalog.UpdateTaskType;
import io.opsflow.api.catalog.UpdateTaskTypeFields;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.FreeObject;
import io.opsflow.api.json.Timestamps;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

/** A type of tasks: it puts them into a category and says what their data holds. */
@Aggregate
@NullUnmarked // the first event fills the fields, and no command reaches an instance before it
public class TaskType {

    @AggregateIdentifier
    private String taskTypeId;

    private String name;
    private String description;
    private List<TaskField> fields;
    private List<String> assigneePool;
    private boolean requireProject;
    private ObjectNode tags;
    private String domainId;
    private String categoryId;
    private Instant createdAt;
    private Instant updatedAt;
    private boolean isDeleted;

    /** For Axon, which fills it by its events. */
    protected TaskType() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Versioned<TaskTypeInfo> decide(
            CreateTaskType command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            Catalog catalog,
            Clock clock) {
        Catalog.Category category = catalog.category(command.categoryId())
                .filter(found -> caller.seesDomain(found.domainId()))
                .orElseThrow(() -> ApiException.notFound("category_id", command.categoryId()));
        if (!category.active()) {
            throw ApiException.invalid("category_id", "the category is deleted");
        }
        emit(
                new TaskTypeCreated(
                        command.taskTypeId(),
                        command.name(),
                        command.description(),
                        command.fields(),
                        command.assigneePool(),
                        command.requireProject(),
                        command.tags(),
                        category.domainId(),
                        category.categoryId(),
                        Timestamps.now(clock)),
                category.domainId());
        return new Versioned<>(info(), taskTypeId, getVersion());
    }

    @CommandHandler
    Versioned<TaskTypeInfo> decide(
            UpdateTaskType command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Clock clock) {
        admit(caller, expected);
        Instant now = Timestamps.next(clock, updatedAt);
        if (command.name() != null && !command.name().equals(name)) {
            emit(new TaskTypeRenamed(taskTypeId, command.name(), now), domainId);
        }
        if (command.description() != null && !command.description().equals(description)) {
            emit(new TaskTypeDescribed(taskTypeId, command.description(), now), domainId);
        }
        if (command.assigneePool() != null && !command.assigneePool().equals(assigneePool)) {
            emit(new TaskTypeAssigneePoolChanged(taskTypeId, command.assigneePool(), now), domainId);
        }
        if (command.tags() != null && FreeObject.differ(command.tags(), tags)) {
            emit(new TaskTypeTagged(taskTypeId, command.tags(), now), domainId);
        }
        return new Versioned<>(info(), taskTypeId, getVersion());
    }

    @CommandHandler
    Versioned<TaskTypeInfo> decide(
            UpdateTaskTypeFields command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Clock clock) {
        admit(caller, expected);
        if (!command.fields().equals(fields)) {
            emit(new TaskTypeFieldsChanged(taskTypeId, command.fields(), Timestamps.next(clock, updatedAt)), domainId);
        }
        return new Versioned<>(info(), taskTypeId, getVersion());
    }

    @CommandHandler
    Versioned<Nothing> decide(
            DeleteTaskType command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            TaskRefs taskRefs,
            Clock clock) {
        admit(caller, expected);
        taskRefs.requireNoneOfType(taskTypeId);
        emit(new TaskTypeDeleted(taskTypeId, Timestamps.next(clock, updatedAt)), domainId);
        return new Versioned<>(Nothing.MORE, taskTypeId, getVersion());
    }

    @EventSourcingHandler
    void evolve(TaskTypeEvent event) {
        switch (event) {
            case TaskTypeCreated created -> begin(created);
            case TaskTypeRenamed renamed -> name = renamed.name();
            case TaskTypeDescribed described -> description = described.description();
            case TaskTypeFieldsChanged changed -> fields = changed.fields();
            case TaskTypeAssigneePoolChanged changed -> assigneePool = changed.assigneePool();
            case TaskTypeTagged tagged -> tags = tagged.tags();
            case TaskTypeDeleted deleted -> isDeleted = true;
        }
        updatedAt = event.at();
    }

    /** What other aggregates decide by. */
    Catalog.Type view() {
        return new Catalog.Type(taskTypeId, domainId, categoryId, !isDeleted, fields);
    }

    private void begin(TaskTypeCreated created) {
        taskTypeId = created.taskTypeId();
        name = created.name();
        description = created.description();
        fields = created.fields();
        assigneePool = created.assigneePool();
        requireProject = created.requireProject();
        tags = created.tags();
        domainId = created.domainId();
        categoryId = created.categoryId();
        createdAt = created.at();
    }

    private void admit(Caller caller, @Nullable ExpectedVersions expected) {
        if (isDeleted || !caller.seesDomain(domainId)) {
            throw ApiException.notFound("task_type_id", taskTypeId);
        }
        ExpectedVersions.check(expected, getVersion());
    }

    private static void emit(TaskTypeEvent event, String domainId) {
        apply(event, EventScope.ofDomain(domainId).asMetaData());
    }

    TaskTypeInfo info() {
        return new TaskTypeInfo(
                taskTypeId,
                name,
                description,
                fields,
                assigneePool,
                requireProject,
                tags,
                domainId,
                categoryId,
                Timestamps.format(createdAt),
                Timestamps.format(updatedAt));
    }
}
