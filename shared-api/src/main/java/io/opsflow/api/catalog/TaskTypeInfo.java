package io.opsflow.api.catalog;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A type as this API answers it. Every member is always there: an unset text or time is empty. */
public record TaskTypeInfo(
        String taskTypeId,
        String name,
        String description,
        List<TaskField> fields,
        List<String> assigneePool,
        boolean requireProject,
        ObjectNode tags,
        String domainId,
        String categoryId,
        String createdAt,
        String updatedAt) {}
