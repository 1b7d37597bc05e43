package io.opsflow.commandside.task;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;
import static org.axonframework.modelling.command.AggregateLifecycle.markDeleted;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.FreeObject;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.ChangeTaskStatus;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.DeleteTask;
import io.opsflow.api.task.StatusType;
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
import io.opsflow.api.task.UpdateTask;
import io.opsflow.commandside.catalog.Catalog;
import io.opsflow.commandside.eventstore.CacheableAggregate;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import io.opsflow.web.file.FileLinks;
import java.time.Clock;
import java.time.Instant;
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

/**
 * A task. The {@code decide} methods hold its rules and emit events, {@link TaskState} copies what they say, and the
 * answer is made of what came of it. Requests arrive here with texts trimmed and limits checked.
 *
 * <p>Every refusal is an {@link ApiException}; what the caller may not see does not exist for them.
 */
@Aggregate
@NullUnmarked // the first event fills the fields, and no command reaches an instance before it
public class Task implements CacheableAggregate {

    @AggregateIdentifier
    private String taskId;

    private final TaskState state = new TaskState();

    /** For Axon, which fills it by its events. */
    protected Task() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Versioned<TaskInfo> decide(
            CreateTask command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            Catalog catalog,
            Clock clock,
            FileLinks links) {
        if (!caller.sees(command.domainId(), command.workspaceId(), command.projectId())) {
            throw ApiException.notFound("project_id", command.projectId());
        }
        Catalog.Type type = catalog.type(command.taskTypeId())
                .filter(found -> found.active() && found.domainId().equals(command.domainId()))
                .orElseThrow(() -> ApiException.notFound("task_type_id", command.taskTypeId()));
        Catalog.Category category = catalog.category(type.categoryId()).orElseThrow();
        if (!category.active()) {
            throw ApiException.invalid("task_type_id", "its category is deleted");
        }
        TaskStatus first = statusOf(category, command.statusId());
        new DataRules(category, type).checkNew(command.data());
        Instant now = Timestamps.now(clock);
        emit(new TaskCreated(
                command.taskId(),
                command.name(),
                first,
                command.priority(),
                command.description(),
                command.files(),
                command.mentions(),
                command.assignee(),
                command.data(),
                caller.userId(),
                command.domainId(),
                command.workspaceId(),
                command.projectId(),
                type.categoryId(),
                command.taskTypeId(),
                first.statusType() == StatusType.TODO ? null : now,
                first.statusType() == StatusType.COMPLETED ? now : null,
                now));
        return info(links);
    }

    @CommandHandler
    Versioned<TaskInfo> decide(
            UpdateTask command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Catalog catalog,
            Clock clock,
            FileLinks links) {
        admit(caller, expected);
        if (command.data() != null) {
            new DataRules(category(catalog), catalog.type(state.taskTypeId).orElseThrow()).check(command.data());
        }
        String project = command.projectId();
        if (project != null && !caller.sees(state.domainId, state.workspaceId, project)) {
            throw ApiException.notFound("project_id", project);
        }
        Instant now = Timestamps.next(clock, state.updatedAt);
        if (command.name() != null && !command.name().equals(state.name)) {
            emit(new TaskRenamed(taskId, command.name(), now));
        }
        if (command.priority() != null && command.priority() != state.priority) {
            emit(new TaskPrioritized(taskId, command.priority(), now));
        }
        if (command.description() != null && !command.description().equals(state.description)) {
            emit(new TaskDescribed(taskId, command.description(), now));
        }
        if (command.files() != null && !command.files().equals(state.files)) {
            emit(new TaskFilesChanged(taskId, command.files(), now));
        }
        if (command.mentions() != null) {
            emit(new TaskMentioned(taskId, command.mentions(), now));
        }
        assign(command.assignee(), now);
        if (command.data() != null && FreeObject.differ(command.data(), state.data)) {
            emit(new TaskDataChanged(taskId, command.data(), now));
        }
        if (project != null && !project.equals(state.projectId)) {
            emit(new TaskMoved(taskId, state.projectId, project, now));
        }
        return info(links);
    }

    @CommandHandler
    Versioned<TaskInfo> decide(
            ChangeTaskStatus command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Catalog catalog,
            Clock clock,
            FileLinks links) {
        admit(caller, expected);
        Instant now = Timestamps.next(clock, state.updatedAt);
        Catalog.Category category = category(catalog);
        TaskStatus current = state.status;
        Optional<TaskStatus> held = category.statusOptions().find(current.statusId());
        // One that the category has got again in another list is another one to the task that entered it before.
        boolean isMoved = held.filter(status -> status.statusType() != current.statusType())
                .isPresent();
        if (isMoved || !command.statusId().equals(current.statusId())) {
            if (!category.active()) {
                throw ApiException.invalid("status_id", "its category is deleted");
            }
            TaskStatus next = statusOf(category, command.statusId());
            // The category's name for the status it leaves: it may have been renamed since the task entered it.
            enter(next, isMoved ? current : held.orElse(current), now);
        }
        assign(command.assignee(), now);
        return info(links);
    }

    /** A status that the category has got again, in the same list, is lost no more. */
    @CommandHandler
    void decide(ReplaceTaskStatus command, Catalog catalog, Clock clock) {
        StatusOptions options = category(catalog).statusOptions();
        StatusType list = state.status.statusType();
        boolean isBack = options.find(command.statusId())
                .filter(status -> status.statusType() == list)
                .isPresent();
        if (command.statusId().equals(state.status.statusId()) && !isBack) {
            enter(options.defaultOf(list), state.status, Timestamps.next(clock, state.updatedAt));
        }
    }

    @CommandHandler
    Versioned<Nothing> decide(
            DeleteTask command,
            @MetaDataValue(value = EventMetadata.CALLER, required = true) Caller caller,
            @MetaDataValue(ExpectedVersions.METADATA) @Nullable ExpectedVersions expected,
            Clock clock) {
        admit(caller, expected);
        emit(new TaskDeleted(taskId, state.categoryId, state.status, Timestamps.next(clock, state.updatedAt)));
        return new Versioned<>(Nothing.MORE, taskId, getVersion());
    }

    @EventSourcingHandler
    void evolve(TaskEvent event) {
        taskId = event.taskId();
        state.evolve(event);
        if (state.isDeleted) {
            markDeleted();
        }
    }

    @Override
    public int size() {
        return state.size();
    }

    /** Who may not see the task hears nothing of its version either. */
    private void admit(Caller caller, @Nullable ExpectedVersions expected) {
        if (!caller.sees(state.domainId, state.workspaceId, state.projectId)) {
            throw ApiException.notFound("task_id", taskId);
        }
        ExpectedVersions.check(expected, getVersion());
    }

    private Catalog.Category category(Catalog catalog) {
        return catalog.category(state.categoryId).orElseThrow();
    }

    private void enter(TaskStatus next, TaskStatus before, Instant now) {
        emit(new TaskStatusChanged(
                taskId, state.categoryId, before, next, startedAt(next, now), completedAt(next, now), now));
    }

    private void assign(@Nullable String to, Instant now) {
        if (to != null && !to.equals(state.assignee)) {
            emit(new TaskAssigned(taskId, to, now));
        }
    }

    private static TaskStatus statusOf(Catalog.Category category, String statusId) {
        return category.statusOptions()
                .find(statusId)
                .orElseThrow(() -> ApiException.invalid("status_id", "it is not a status of the task's category"));
    }

    private @Nullable Instant startedAt(TaskStatus next, Instant now) {
        return state.startedAt == null && next.statusType() != StatusType.TODO ? now : state.startedAt;
    }

    private @Nullable Instant completedAt(TaskStatus next, Instant now) {
        if (next.statusType() != StatusType.COMPLETED) {
            return null;
        }
        return state.completedAt == null ? now : state.completedAt;
    }

    private void emit(TaskEvent event) {
        EventScope scope =
                switch (event) {
                    case TaskCreated created ->
                        new EventScope(created.domainId(), created.workspaceId(), created.projectId());
                    case TaskMoved moved -> new EventScope(state.domainId, state.workspaceId, moved.projectId());
                    default -> new EventScope(state.domainId, state.workspaceId, state.projectId);
                };
        apply(event, scope.asMetaData());
    }

    private Versioned<TaskInfo> info(FileLinks links) {
        return new Versioned<>(state.info(links), taskId, getVersion());
    }
}
