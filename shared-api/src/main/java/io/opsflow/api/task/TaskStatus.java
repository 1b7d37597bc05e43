package io.opsflow.api.task;

/** A status as an event tells it: enough for a reader that knows no catalog. */
public record TaskStatus(String statusId, String name, StatusType statusType) {}
