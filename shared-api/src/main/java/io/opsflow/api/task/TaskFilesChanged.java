package io.opsflow.api.task;

import java.time.Instant;
import java.util.List;

/** The files of a task are now these. */
public record TaskFilesChanged(String taskId, List<String> files, Instant at) implements TaskEvent {}
