package io.opsflow.api.task;

import java.time.Instant;

/** A task got another description; empty where it was cleared. */
public record TaskDescribed(String taskId, String description, Instant at) implements TaskEvent {}
