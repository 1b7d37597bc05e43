package io.opsflow.commandside.rest;

import static java.util.Objects.requireNonNullElse;

import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.DeleteTaskType;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.UpdateTaskType;
import io.opsflow.api.catalog.UpdateTaskTypeFields;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the requests about task types, in field order. */
@Component
class TaskTypeRequests {

    private static final int POOL = 1_000;

    private final Ids ids;
    private final TaskFields fields;

    TaskTypeRequests(Ids ids, TaskFields fields) {
        this.ids = ids;
        this.fields = fields;
    }

    /** A domain_id is read and has no say: a type lives where its category lives. */
    CreateTaskType create(Members request) {
        CreateTaskType command = new CreateTaskType(
                ids.next(Ids.Kind.TASK_TYPE),
                request.requiredText("name", 255),
                request.requiredText("category_id", 255),
                requireNonNullElse(request.text("description", 100_000), ""),
                requireNonNullElse(fields.of(request), List.<TaskField>of()),
                requireNonNullElse(request.texts("assignee_pool", POOL, 255), List.of()),
                request.flag("require_project"),
                requireNonNullElse(request.freeObject("tags"), JsonNodeFactory.instance.objectNode()));
        request.text("domain_id", 255);
        request.end();
        return command;
    }

    UpdateTaskType update(Members request) {
        UpdateTaskType command = new UpdateTaskType(
                Ids.Kind.TASK_TYPE.of(request),
                request.filledText("name", 255),
                request.text("description", 100_000),
                request.texts("assignee_pool", POOL, 255),
                request.freeObject("tags"));
        request.end();
        return command;
    }

    /** {@code force} is read and has nothing to force: what tasks hold already is not checked again. */
    UpdateTaskTypeFields updateFields(Members request) {
        String taskTypeId = Ids.Kind.TASK_TYPE.of(request);
        List<TaskField> given = fields.of(request);
        if (given == null) {
            throw ApiException.required("fields");
        }
        request.flag("force");
        request.end();
        return new UpdateTaskTypeFields(taskTypeId, given);
    }

    DeleteTaskType delete(Members request) {
        DeleteTaskType command = new DeleteTaskType(Ids.Kind.TASK_TYPE.of(request));
        request.end();
        return command;
    }
}
