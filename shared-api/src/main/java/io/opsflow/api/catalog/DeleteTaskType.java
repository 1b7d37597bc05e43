package io.opsflow.api.catalog;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Deletes a type that no task has. */
public record DeleteTaskType(@TargetAggregateIdentifier String taskTypeId) {}
