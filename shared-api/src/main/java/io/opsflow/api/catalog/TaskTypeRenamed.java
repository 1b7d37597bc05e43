package io.opsflow.api.catalog;

import java.time.Instant;

/** A type got another name. */
public record TaskTypeRenamed(String taskTypeId, String name, Instant at) implements TaskTypeEvent {}
