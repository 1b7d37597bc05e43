package io.opsflow.commandside.task;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.commandside.catalog.Catalog;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.web.file.FileLinks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The words that the tests of the Task aggregate are written in. */
abstract class TaskTest {

    static final String TASK = "task-000000000001";
    static final String DOMAIN = "domain-000000000001";
    static final String WORKSPACE = "workspace-000000000001";
    static final String PROJECT = "project-000000000001";
    static final String CATEGORY = "category-000000000001";
    static final String TYPE = "task-type-000000000001";

    /** When the given events happened; the clock of the commands stands an hour later. */
    static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");

    static final Instant NOW = Instant.parse("2026-01-01T11:00:00.123Z");

    static final TaskStatus TODO = new TaskStatus("status-todo", "To Do", StatusType.TODO);
    static final TaskStatus DOING = new TaskStatus("status-doing", "In Progress", StatusType.IN_PROGRESS);
    static final TaskStatus DONE = new TaskStatus("status-done", "Done", StatusType.COMPLETED);
    static final TaskStatus REJECTED = new TaskStatus("status-rejected", "Rejected", StatusType.COMPLETED);

    static final Caller OWNER = caller(Role.WORKSPACE_OWNER, DOMAIN, WORKSPACE, null);

    static final StatusOptions STATUSES = new StatusOptions(
            List.of(option(TODO, true)),
            List.of(option(DOING, true)),
            List.of(option(DONE, true), option(REJECTED, false)));

    private boolean categoryIsActive = true;
    private StatusOptions statuses = STATUSES;
    private List<TaskField> categoryFields = List.of();
    private List<TaskField> typeFields = List.of();
    private Instant clockStandsAt = NOW;

    private final FixtureConfiguration<Task> fixture = new AggregateTestFixture<>(Task.class);

    TestExecutor<Task> given(Object... events) {
        fixture.registerInjectableResource(catalog());
        fixture.registerInjectableResource(Clock.fixed(clockStandsAt, ZoneOffset.UTC));
        fixture.registerInjectableResource(new FileLinks("/files/{domain_id}/{file_id}"));
        return events.length == 0 ? fixture.givenNoPriorActivity() : fixture.given(events);
    }

    void theCategoryIsDeleted() {
        categoryIsActive = false;
    }

    void theStatusesAre(StatusOptions options) {
        statuses = options;
    }

    void theFieldsAre(List<TaskField> ofCategory, List<TaskField> ofType) {
        categoryFields = ofCategory;
        typeFields = ofType;
    }

    void theClockStandsAt(Instant instant) {
        clockStandsAt = instant;
    }

    static MetaData by(Caller caller) {
        return MetaData.from(Map.of(EventMetadata.CALLER, caller));
    }

    static Caller caller(Role role, String domain, @Nullable String workspace, @Nullable Set<String> projects) {
        return new Caller(role, ActorKind.USER, "kim@example.com", domain, workspace, projects, List.of());
    }

    static ObjectNode json(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    static TaskCreated created(TaskStatus status) {
        return new TaskCreated(
                TASK,
                "Disk full",
                status,
                Priority.MEDIUM,
                "",
                List.of(),
                Mentions.NONE,
                "",
                json("{\"cost\":1}"),
                "kim@example.com",
                DOMAIN,
                WORKSPACE,
                PROJECT,
                CATEGORY,
                TYPE,
                status.statusType() == StatusType.TODO ? null : THEN,
                status.statusType() == StatusType.COMPLETED ? THEN : null,
                THEN);
    }

    static TaskStatusChanged statusChanged(
            TaskStatus before, TaskStatus after, @Nullable Instant startedAt, @Nullable Instant completedAt) {
        return statusChanged(before, after, startedAt, completedAt, NOW);
    }

    static TaskStatusChanged statusChanged(
            TaskStatus before,
            TaskStatus after,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt,
            Instant at) {
        return new TaskStatusChanged(TASK, CATEGORY, before, after, startedAt, completedAt, at);
    }

    /** For {@link ResultValidator#expectException(Matcher)}: the very words the caller reads. */
    static Matcher<ApiException> refusal(String message) {
        return Matchers.matches((ApiException refused) -> refused.message().equals(message));
    }

    static Matcher<Versioned<TaskInfo>> answer(long version, Predicate<TaskInfo> info) {
        return Matchers.matches(
                (Versioned<TaskInfo> answer) -> answer.version() == version && info.test(answer.info()));
    }

    private Catalog catalog() {
        return new Catalog() {
            @Override
            public Optional<Type> type(String taskTypeId) {
                return switch (taskTypeId) {
                    case TYPE -> Optional.of(new Type(TYPE, DOMAIN, CATEGORY, true, typeFields));
                    case "task-type-of-strangers" ->
                        Optional.of(new Type(taskTypeId, "domain-other", CATEGORY, true, List.of()));
                    case "task-type-deleted" -> Optional.of(new Type(taskTypeId, DOMAIN, CATEGORY, false, List.of()));
                    default -> Optional.empty();
                };
            }

            @Override
            public Optional<Category> category(String categoryId) {
                return Optional.of(new Category(CATEGORY, DOMAIN, categoryIsActive, statuses, categoryFields));
            }
        };
    }

    static TaskField text(String fieldId, boolean isRequired) {
        return new TaskField(fieldId, fieldId, "", FieldType.TEXT, json("{}"), SelectionType.SINGLE, isRequired, false);
    }

    static StatusOption option(TaskStatus status, boolean isDefault) {
        return new StatusOption(status.statusId(), status.name(), "", isDefault);
    }
}
