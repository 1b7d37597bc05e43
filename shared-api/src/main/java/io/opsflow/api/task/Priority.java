package io.opsflow.api.task;

/** How urgent a task is; clients may also send 1, 2 and 3 for them in this order. */
public enum Priority {
    HIGH,
    MEDIUM,
    LOW
}
