package io.opsflow.api.catalog;

import java.time.Instant;

/** A category went to another package; empty where it left its package. */
public record TaskCategoryPackageChanged(String categoryId, String packageId, Instant at)
        implements TaskCategoryEvent {}
