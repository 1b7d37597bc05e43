package io.opsflow.api.task;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The data of a task was replaced whole. */
public record TaskDataChanged(String taskId, ObjectNode data, Instant at) implements TaskEvent {}
