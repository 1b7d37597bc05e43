package io.opsflow.api.task;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Changes what is given and differs; what is null is left alone. */
public record UpdateTask(
        @TargetAggregateIdentifier String taskId,
        @Nullable String name,
        @Nullable Priority priority,
        @Nullable String description,
        @Nullable List<String> files,
        @Nullable Mentions mentions,
        @Nullable String assignee,
        @Nullable ObjectNode data,
        @Nullable String projectId) {}
