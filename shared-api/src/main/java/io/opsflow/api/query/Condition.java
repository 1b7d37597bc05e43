package io.opsflow.api.query;

/** One condition of a filter. */
public record Condition(FieldRef field, Test test) {}
