package io.opsflow.api.catalog;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import tools.jackson.databind.node.ObjectNode;

/** Creates a category of tasks in a domain. */
public record CreateTaskCategory(
        @TargetAggregateIdentifier String categoryId,
        String domainId,
        String name,
        StatusOptions statusOptions,
        String description,
        List<TaskField> fields,
        ObjectNode tags,
        String packageId) {}
