package io.opsflow.api.task;

/** Where a status stands in the life of a task. */
public enum StatusType {
    TODO,
    IN_PROGRESS,
    COMPLETED
}
