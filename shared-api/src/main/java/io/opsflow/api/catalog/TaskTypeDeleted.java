package io.opsflow.api.catalog;

import java.time.Instant;

/** A type that no task had is gone. */
public record TaskTypeDeleted(String taskTypeId, Instant at) implements TaskTypeEvent {}
