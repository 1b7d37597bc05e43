package io.opsflow.queryside.query;

import io.opsflow.api.json.Json;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tasks as list and stat read them. Conditions on files see the ids, answers the files. */
final class TaskResource {

    private static final String FILES = "files";

    private TaskResource() {}

    /** @param fileUrls the template of {@link FileInfo#of} */
    static Resource<TaskInfo> of(String fileUrls) {
        return new Resource<>(
                QuerySchema.TASK,
                DSL.table(DSL.name("task")),
                Set.of(FILES),
                Set.of(),
                Set.of("data"),
                Resource.Place.PROJECT,
                true,
                row -> info(row, fileUrls),
                row -> served(row, fileUrls));
    }

    private static TaskInfo info(AnswerRow row, String fileUrls) {
        return new TaskInfo(
                row.text("task_id"),
                row.text("name"),
                row.text("status_id"),
                row.text("status_type"),
                row.text("priority"),
                row.text("description"),
                row.object("data"),
                files(row.json(FILES), row::hidden, fileUrls),
                row.text("assignee"),
                row.text("created_by"),
                row.text("domain_id"),
                row.text("workspace_id"),
                row.text("project_id"),
                row.text("category_id"),
                row.text("task_type_id"),
                row.time("created_at"),
                row.time("started_at"),
                row.time("updated_at"),
                row.time("completed_at"));
    }

    private static ObjectNode served(ObjectNode row, String fileUrls) {
        JsonNode ids = row.get(FILES);
        if (ids != null) {
            row.set(
                    FILES,
                    Json.mapper().valueToTree(files(ids, name -> row.path(name).asString(""), fileUrls)));
        }
        return row;
    }

    /** An unwound list of files is the one id of its row. */
    private static List<FileInfo> files(JsonNode ids, Function<String, String> ofTask, String fileUrls) {
        JsonNode all = ids.isString() ? JsonNodeFactory.instance.arrayNode().add(ids) : ids;
        return all.valueStream()
                .map(id -> FileInfo.of(
                        id.stringValue(),
                        ofTask.apply("task_id"),
                        ofTask.apply("domain_id"),
                        ofTask.apply("workspace_id"),
                        ofTask.apply("project_id"),
                        fileUrls))
                .toList();
    }
}
