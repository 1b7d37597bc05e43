package io.opsflow.api.catalog;

import java.time.Instant;

/** The statuses of a category are now these. */
public record TaskCategoryStatusesChanged(String categoryId, StatusOptions statusOptions, Instant at)
        implements TaskCategoryEvent {}
