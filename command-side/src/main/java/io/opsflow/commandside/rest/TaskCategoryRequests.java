package io.opsflow.commandside.rest;

import static java.util.Objects.requireNonNullElse;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.DeleteTaskCategory;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.UpdateTaskCategory;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the requests about task categories, in field order. */
@Component
class TaskCategoryRequests {

    private final Ids ids;
    private final StatusOptionLists statusOptions;
    private final TaskFields fields;

    TaskCategoryRequests(Ids ids, StatusOptionLists statusOptions, TaskFields fields) {
        this.ids = ids;
        this.statusOptions = statusOptions;
        this.fields = fields;
    }

    CreateTaskCategory create(Members request, Caller caller) {
        String name = request.requiredText("name", 255);
        StatusOptions options = statusOptions.of(request);
        if (options == null) {
            throw ApiException.required("status_options");
        }
        String description = requireNonNullElse(request.text("description", 100_000), "");
        var taskFields = requireNonNullElse(fields.of(request), List.<TaskField>of());
        var tags = requireNonNullElse(request.freeObject("tags"), JsonNodeFactory.instance.objectNode());
        String packageId = requireNonNullElse(request.text("package_id", 255), "");
        String domainId = domain(request, caller);
        request.end();
        return new CreateTaskCategory(
                ids.next(Ids.Kind.TASK_CATEGORY), domainId, name, options, description, taskFields, tags, packageId);
    }

    UpdateTaskCategory update(Members request) {
        UpdateTaskCategory command = new UpdateTaskCategory(
                Ids.Kind.TASK_CATEGORY.of(request),
                request.filledText("name", 255),
                request.text("description", 100_000),
                statusOptions.of(request),
                request.flag("force"),
                request.freeObject("tags"),
                request.text("package_id", 255));
        request.end();
        return command;
    }

    DeleteTaskCategory delete(Members request) {
        DeleteTaskCategory command = new DeleteTaskCategory(Ids.Kind.TASK_CATEGORY.of(request));
        request.end();
        return command;
    }

    /** Only an admin of the system names a domain; what a token says overrides what a request says. */
    private static String domain(Members request, Caller caller) {
        String named = request.filledText("domain_id", 255);
        return caller.role() == Role.SYSTEM_ADMIN && named != null ? named : caller.domainId();
    }
}
