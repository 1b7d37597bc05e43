package io.opsflow.api.catalog;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Replaces the fields of a type. */
public record UpdateTaskTypeFields(
        @TargetAggregateIdentifier String taskTypeId, List<TaskField> fields) {}
