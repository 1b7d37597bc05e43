package io.opsflow.api.catalog;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Closes a category: its tasks stay readable, new ones are refused. */
public record DeleteTaskCategory(@TargetAggregateIdentifier String categoryId) {}
