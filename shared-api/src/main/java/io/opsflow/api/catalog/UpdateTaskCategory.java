package io.opsflow.api.catalog;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes what is given and differs; what is null is left alone.
 *
 * @param statusOptions complete: what is not among them is removed
 * @param force whether statuses may be removed that tasks hold; those tasks move to the default of the same list
 */
public record UpdateTaskCategory(
        @TargetAggregateIdentifier String categoryId,
        @Nullable String name,
        @Nullable String description,
        @Nullable StatusOptions statusOptions,
        boolean force,
        @Nullable ObjectNode tags,
        @Nullable String packageId) {}
