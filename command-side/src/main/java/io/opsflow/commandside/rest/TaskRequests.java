package io.opsflow.commandside.rest;

import static java.util.Objects.requireNonNullElse;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.task.ChangeTaskStatus;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.DeleteTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.UpdateTask;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the requests about tasks. A command's members are read in the order of the contract's table, so that the
 * first problem in field order is the one reported.
 */
@Component
class TaskRequests {

    private static final int ID = 255;
    private static final int NAME = 255;
    private static final int DESCRIPTION = 100_000;
    private static final int LIST = 100;
    private static final String NO_PRIORITY = "TASK_PRIORITY_NONE";

    private final Ids ids;

    TaskRequests(Ids ids) {
        this.ids = ids;
    }

    /** Refuses with 403 a caller whose token names no workspace: a task lives in one. */
    CreateTask create(Members request, Caller caller) {
        CreateTask command = new CreateTask(
                ids.next(Ids.Kind.TASK),
                caller.domainId(),
                caller.workspaceForCreate(),
                request.requiredText("name", NAME),
                request.requiredText("status_id", ID),
                request.requiredText("project_id", ID),
                request.requiredText("task_type_id", ID),
                requireNonNullElse(priority(request), Priority.MEDIUM),
                requireNonNullElse(request.text("description", DESCRIPTION), ""),
                requireNonNullElse(request.texts("files", LIST, ID), List.of()),
                requireNonNullElse(request.object("mentions", TaskRequests::mentions), Mentions.NONE),
                requireNonNullElse(request.text("assignee", ID), ""),
                requireNonNullElse(request.freeObject("data"), JsonNodeFactory.instance.objectNode()));
        request.end();
        return command;
    }

    UpdateTask update(Members request) {
        UpdateTask command = new UpdateTask(
                Ids.Kind.TASK.of(request),
                request.filledText("name", NAME),
                priority(request),
                request.text("description", DESCRIPTION),
                request.texts("files", LIST, ID),
                request.object("mentions", TaskRequests::mentions),
                request.text("assignee", ID),
                request.freeObject("data"),
                request.filledText("project_id", ID));
        request.end();
        return command;
    }

    ChangeTaskStatus changeStatus(Members request) {
        ChangeTaskStatus command = new ChangeTaskStatus(
                Ids.Kind.TASK.of(request), request.requiredText("status_id", ID), request.text("assignee", ID));
        request.end();
        return command;
    }

    DeleteTask delete(Members request) {
        DeleteTask command = new DeleteTask(Ids.Kind.TASK.of(request));
        request.end();
        return command;
    }

    private static Mentions mentions(Members mentions) {
        Mentions read = new Mentions(
                requireNonNullElse(mentions.texts("USER", LIST, ID), List.of()),
                requireNonNullElse(mentions.texts("USER_GROUP", LIST, ID), List.of()));
        mentions.end();
        return read;
    }

    /** By name, or as 1, 2 or 3; clients send TASK_PRIORITY_NONE for no priority at all. */
    private static @Nullable Priority priority(Members request) {
        JsonNode value = request.given("priority");
        if (value == null || (value.isString() && value.stringValue().strip().equals(NO_PRIORITY))) {
            return null;
        }
        if (!value.isNumber()) {
            return request.choice("priority", Priority.class);
        }
        for (Priority priority : Priority.values()) {
            if (value.decimalValue().compareTo(BigDecimal.valueOf(priority.ordinal() + 1L)) == 0) {
                return priority;
            }
        }
        throw ApiException.invalid("priority", "as a number it is 1 (HIGH), 2 (MEDIUM) or 3 (LOW)");
    }
}
