package io.opsflow.api.task;

import java.time.Instant;

/** A task got another priority. */
public record TaskPrioritized(String taskId, Priority priority, Instant at) implements TaskEvent {}
