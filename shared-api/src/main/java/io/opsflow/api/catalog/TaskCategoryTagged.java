package io.opsflow.api.catalog;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The tags of a category are now these. */
public record TaskCategoryTagged(String categoryId, ObjectNode tags, Instant at) implements TaskCategoryEvent {}
