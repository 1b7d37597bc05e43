package io.opsflow.api.task;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Moves a task to another status of its category, and gives it to somebody where an assignee is named. */
public record ChangeTaskStatus(
        @TargetAggregateIdentifier String taskId,
        String statusId,
        @Nullable String assignee) {}
