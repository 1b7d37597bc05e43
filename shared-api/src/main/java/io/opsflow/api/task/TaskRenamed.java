package io.opsflow.api.task;

import java.time.Instant;

/** A task got another name. */
public record TaskRenamed(String taskId, String name, Instant at) implements TaskEvent {}
