package io.opsflow.api.catalog;

/** A status that tasks of a category may be in. */
public record StatusOption(String statusId, String name, String color, boolean isDefault) {}
