package io.opsflow.api.task;

import java.time.Instant;

/** A task was deleted; nothing follows. */
public record TaskDeleted(String taskId, String categoryId, TaskStatus status, Instant at) implements TaskEvent {}
