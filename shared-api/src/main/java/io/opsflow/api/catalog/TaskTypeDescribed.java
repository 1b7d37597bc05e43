package io.opsflow.api.catalog;

import java.time.Instant;

/** A type got another description; empty where it was cleared. */
public record TaskTypeDescribed(String taskTypeId, String description, Instant at) implements TaskTypeEvent {}
