package io.opsflow.api.catalog;

import java.time.Instant;

/** A category got another description; empty where it was cleared. */
public record TaskCategoryDescribed(String categoryId, String description, Instant at) implements TaskCategoryEvent {}
