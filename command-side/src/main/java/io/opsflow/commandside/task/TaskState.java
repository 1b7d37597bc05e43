package io.opsflow.commandside.task;

import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.Priority;
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
import io.opsflow.web.file.FileLinks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a task has become by its events. It copies what they say, decides nothing, and makes the answer of it. */
@NullUnmarked // the first event fills the fields, and nobody asks before it
final class TaskState {

    String taskId;
    String name;
    TaskStatus status;
    Priority priority;
    String description;
    ObjectNode data;
    List<String> files;
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

    boolean isDeleted;

    void evolve(TaskEvent event) {
        switch (event) {
            case TaskCreated created -> begin(created);
            case TaskRenamed renamed -> name = renamed.name();
            case TaskDescribed described -> description = described.description();
            case TaskPrioritized prioritized -> priority = prioritized.priority();
            case TaskAssigned assigned -> assignee = assigned.assignee();
            case TaskFilesChanged changed -> files = changed.files();
            case TaskDataChanged changed -> data = changed.data();
            case TaskMoved moved -> projectId = moved.projectId();
            case TaskStatusChanged changed -> {
                status = changed.after();
                startedAt = changed.startedAt();
                completedAt = changed.completedAt();
            }
            case TaskMentioned mentioned -> {
                // tells others, changes nothing here but the time of the last change
            }
            case TaskDeleted deleted -> isDeleted = true;
        }
        updatedAt = event.at();
    }

    private void begin(TaskCreated created) {
        taskId = created.taskId();
        name = created.name();
        status = created.status();
        priority = created.priority();
        description = created.description();
        data = created.data();
        files = created.files();
        assignee = created.assignee();
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

    /** About what it takes in memory, in bytes: what callers may make long, and the object that each JSON value is. */
    int size() {
        int characters = name.length() + description.length() + data.toString().length();
        for (String file : files) {
            characters += file.length();
        }
        return 1_000 + 2 * characters + 100 * nodes(data);
    }

    private static int nodes(JsonNode json) {
        int nodes = 1;
        for (JsonNode inner : json) {
            nodes += nodes(inner);
        }
        return nodes;
    }

    TaskInfo info(FileLinks links) {
        return new TaskInfo(
                taskId,
                name,
                status.statusId(),
                status.statusType().name(),
                priority.name(),
                description,
                data,
                files.stream()
                        .map(file -> FileInfo.of(file, taskId, domainId, workspaceId, projectId, links.downloadUrl()))
                        .toList(),
                assignee,
                createdBy,
                domainId,
                workspaceId,
                projectId,
                categoryId,
                taskTypeId,
                Timestamps.format(createdAt),
                Timestamps.format(startedAt),
                Timestamps.format(updatedAt),
                Timestamps.format(completedAt));
    }
}
