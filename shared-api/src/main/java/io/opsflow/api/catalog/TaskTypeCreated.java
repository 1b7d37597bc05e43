package io.opsflow.api.catalog;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A type of tasks began its life. */
public record TaskTypeCreated(
        String taskTypeId,
        String name,
        String description,
        List<TaskField> fields,
        List<String> assigneePool,
        boolean requireProject,
        ObjectNode tags,
        String domainId,
        String categoryId,
        Instant at)
        implements TaskTypeEvent {}
