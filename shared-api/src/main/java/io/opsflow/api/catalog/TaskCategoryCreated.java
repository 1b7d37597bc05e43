package io.opsflow.api.catalog;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A category began its life. */
public record TaskCategoryCreated(
        String categoryId,
        String name,
        String description,
        StatusOptions statusOptions,
        List<TaskField> fields,
        ObjectNode tags,
        String packageId,
        String domainId,
        Instant at)
        implements TaskCategoryEvent {}
