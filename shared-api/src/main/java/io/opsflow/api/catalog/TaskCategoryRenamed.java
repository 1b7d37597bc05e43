package io.opsflow.api.catalog;

import java.time.Instant;

/** A category got another name. */
public record TaskCategoryRenamed(String categoryId, String name, Instant at) implements TaskCategoryEvent {}
