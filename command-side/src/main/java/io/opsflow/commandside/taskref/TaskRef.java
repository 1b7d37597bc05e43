package io.opsflow.commandside.taskref;

/** A task and the status that it holds. */
record TaskRef(String taskId, String statusId) {}
