package io.opsflow.api.task;

import java.time.Instant;

/** A task was given to somebody; empty where it was taken from everybody. */
public record TaskAssigned(String taskId, String assignee, Instant at) implements TaskEvent {}
