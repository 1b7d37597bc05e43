package io.opsflow.queryside.audit;

import io.opsflow.api.audit.FieldChange;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskInfo;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** What of a task differs between two of its versions. */
final class TaskChanges {

    // Without updated_at, which every event changes: it is the event's time.
    private static final List<Field> FIELDS = List.of(
            text("task_id", TaskInfo::taskId),
            text("name", TaskInfo::name),
            text("status_id", TaskInfo::statusId),
            text("status_type", TaskInfo::statusType),
            text("priority", TaskInfo::priority),
            text("description", TaskInfo::description),
            // Large, but one object in both where it was not changed.
            new Field("data", TaskInfo::data, info -> Json.write(info.data())),
            // The project is in them too, and a move changes no file.
            new Field("files", TaskInfo::files, TaskChanges::fileIds),
            text("assignee", TaskInfo::assignee),
            text("created_by", TaskInfo::createdBy),
            text("domain_id", TaskInfo::domainId),
            text("workspace_id", TaskInfo::workspaceId),
            text("project_id", TaskInfo::projectId),
            text("category_id", TaskInfo::categoryId),
            text("task_type_id", TaskInfo::taskTypeId),
            text("created_at", TaskInfo::createdAt),
            text("started_at", TaskInfo::startedAt),
            text("completed_at", TaskInfo::completedAt));

    private static final TaskInfo UNSET = new TaskInfo(
            "",
            "",
            "",
            "",
            "",
            "",
            JsonNodeFactory.instance.objectNode(),
            List.of(),
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "");

    private TaskChanges() {}

    /** @param before null where the task is created */
    static List<FieldChange> between(@Nullable TaskInfo before, TaskInfo after) {
        TaskInfo from = before == null ? UNSET : before;
        return FIELDS.stream()
                .filter(field -> field.differs(from, after))
                .map(field -> new FieldChange(
                        field.name(), field.value().apply(from), field.value().apply(after)))
                .toList();
    }

    private static Field text(String name, Function<TaskInfo, String> value) {
        return new Field(name, value, value);
    }

    private static List<String> fileIds(TaskInfo info) {
        return info.files().stream().map(FileInfo::fileId).toList();
    }

    /** @param compared what makes two values differ */
    private record Field(String name, Function<TaskInfo, ?> value, Function<TaskInfo, ?> compared) {

        boolean differs(TaskInfo before, TaskInfo after) {
            return value.apply(before) != value.apply(after)
                    && !compared.apply(before).equals(compared.apply(after));
        }
    }
}
