package io.opsflow.api.query;

/** A path with what is known of the values it leads to. */
public record FieldRef(FieldPath path, FieldKind kind) {}
