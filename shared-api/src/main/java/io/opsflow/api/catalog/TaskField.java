package io.opsflow.api.catalog;

import tools.jackson.databind.node.ObjectNode;

/** A field that tasks of a type or a category may or must fill in their data, under its field_id. */
public record TaskField(
        String fieldId,
        String name,
        String description,
        FieldType fieldType,
        ObjectNode options,
        SelectionType selectionType,
        boolean isRequired,
        boolean isPrimary) {}
