package io.opsflow.api.task;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Deletes a task for good. */
public record DeleteTask(@TargetAggregateIdentifier String taskId) {}
