package io.opsflow.api.catalog;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Changes what is given and differs; what is null is left alone. */
public record UpdateTaskType(
        @TargetAggregateIdentifier String taskTypeId,
        @Nullable String name,
        @Nullable String description,
        @Nullable List<String> assigneePool,
        @Nullable ObjectNode tags) {}
