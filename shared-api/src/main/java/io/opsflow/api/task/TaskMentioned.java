package io.opsflow.api.task;

import java.time.Instant;

/** Somebody is to be notified of this change. */
public record TaskMentioned(String taskId, Mentions mentions, Instant at) implements TaskEvent {}
