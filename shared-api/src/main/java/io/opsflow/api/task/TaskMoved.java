package io.opsflow.api.task;

import java.time.Instant;

/** A task went from one project to another. */
public record TaskMoved(String taskId, String fromProjectId, String projectId, Instant at) implements TaskEvent {}
