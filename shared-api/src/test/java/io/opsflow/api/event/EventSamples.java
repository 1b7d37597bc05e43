package io.opsflow.api.event;

import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryCreated;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeCreated;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One event of each type, every member filled; what the newest golden files hold. */
final class EventSamples {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    private static final String TASK = "task-0123456789ab";
    private static final String CATEGORY = "category-0123456789ab";
    private static final String TYPE = "task-type-0123456789ab";

    private static final TaskStatus TODO = new TaskStatus("status-000000000001", "To Do", StatusType.TODO);
    private static final TaskStatus DONE = new TaskStatus("status-000000000003", "Done", StatusType.COMPLETED);

    private static final Mentions MENTIONS = new Mentions(List.of("ann@example.com"), List.of("group-1"));

    private static final ObjectNode DATA = object("""
            {"cost": 1.50, "Big": 12345678901234567890, "tags": ["a", null], "deep": {"isOk": true}, "Ü\\n": ""}
            """);

    private static final ObjectNode TAGS = object("{\"team\": \"ops\"}");

    private static final StatusOptions OPTIONS = new StatusOptions(
            List.of(new StatusOption("status-000000000001", "To Do", "gray", true)),
            List.of(new StatusOption("status-000000000002", "In Progress", "blue", true)),
            List.of(
                    new StatusOption("status-000000000003", "Done", "green", true),
                    new StatusOption("status-000000000004", "Rejected", "", false)));

    private static final TaskField FIELD = new TaskField(
            "severity",
            "Severity",
            "How bad it is",
            FieldType.DROPDOWN,
            object("{\"items\": [{\"key\": \"high\"}]}"),
            SelectionType.SINGLE,
            true,
            false);

    private EventSamples() {}

    static List<DomainEvent> all() {
        return List.of(
                new TaskCreated(
                        TASK,
                        "Disk is full",
                        DONE,
                        Priority.HIGH,
                        "On \"db-1\"",
                        List.of("file-1", "file-2"),
                        MENTIONS,
                        "ann@example.com",
                        DATA,
                        "bob@example.com",
                        "domain-1",
                        "workspace-1",
                        "project-1",
                        CATEGORY,
                        TYPE,
                        BEFORE,
                        AT,
                        AT),
                new TaskRenamed(TASK, "Disk was full", AT),
                new TaskDescribed(TASK, "", AT),
                new TaskPrioritized(TASK, Priority.LOW, AT),
                new TaskAssigned(TASK, "ann@example.com", AT),
                new TaskFilesChanged(TASK, List.of("file-1"), AT),
                new TaskMentioned(TASK, MENTIONS, AT),
                new TaskDataChanged(TASK, DATA, AT),
                new TaskMoved(TASK, "project-1", "project-2", AT),
                new TaskStatusChanged(TASK, CATEGORY, DONE, TODO, BEFORE, null, AT),
                new TaskDeleted(TASK, CATEGORY, TODO, AT),
                new TaskCategoryCreated(
                        CATEGORY,
                        "Incidents",
                        "What broke",
                        OPTIONS,
                        List.of(FIELD),
                        TAGS,
                        "package-1",
                        "domain-1",
                        AT),
                new TaskCategoryRenamed(CATEGORY, "Outages", AT),
                new TaskCategoryDescribed(CATEGORY, "What is down", AT),
                new TaskCategoryStatusesChanged(CATEGORY, OPTIONS, List.of("status-000000000009"), AT),
                new TaskCategoryTagged(CATEGORY, TAGS, AT),
                new TaskCategoryPackageChanged(CATEGORY, "", AT),
                new TaskCategoryDeleted(CATEGORY, AT),
                new TaskTypeCreated(
                        TYPE,
                        "Incident",
                        "",
                        List.of(FIELD),
                        List.of("ann@example.com"),
                        true,
                        TAGS,
                        "domain-1",
                        CATEGORY,
                        AT),
                new TaskTypeRenamed(TYPE, "Outage", AT),
                new TaskTypeDescribed(TYPE, "Something is down", AT),
                new TaskTypeFieldsChanged(TYPE, List.of(FIELD), AT),
                new TaskTypeAssigneePoolChanged(TYPE, List.of("ann@example.com", "bob@example.com"), AT),
                new TaskTypeTagged(TYPE, TAGS, AT),
                new TaskTypeDeleted(TYPE, AT));
    }

    /** What is read from the files of members that had not been added yet, by file. */
    static Map<String, DomainEvent> older() {
        return Map.of(
                "task-category.statuses_changed.v1.json",
                new TaskCategoryStatusesChanged(CATEGORY, OPTIONS, List.of(), AT));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }
}
