package io.opsflow.api.catalog;

import java.time.Instant;

/** A category was closed. */
public record TaskCategoryDeleted(String categoryId, Instant at) implements TaskCategoryEvent {}
