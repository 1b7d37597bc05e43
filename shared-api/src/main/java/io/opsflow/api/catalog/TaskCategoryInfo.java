package io.opsflow.api.catalog;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A category as this API answers it. Every member is always there: an unset text or time is empty. */
public record TaskCategoryInfo(
        String categoryId,
        String name,
        String description,
        StatusOptions statusOptions,
        List<TaskField> fields,
        String state,
        ObjectNode tags,
        String packageId,
        String domainId,
        String createdAt,
        String updatedAt,
        String deletedAt) {}
