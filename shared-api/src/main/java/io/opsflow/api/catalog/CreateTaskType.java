package io.opsflow.api.catalog;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import tools.jackson.databind.node.ObjectNode;

/** Creates a type of tasks within a category. */
public record CreateTaskType(
        @TargetAggregateIdentifier String taskTypeId,
        String name,
        String categoryId,
        String description,
        List<TaskField> fields,
        List<String> assigneePool,
        boolean requireProject,
        ObjectNode tags) {}
