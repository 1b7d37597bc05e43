package io.opsflow.api.catalog;

import java.time.Instant;
import java.util.List;

/** The fields of a type are now these. */
public record TaskTypeFieldsChanged(String taskTypeId, List<TaskField> fields, Instant at) implements TaskTypeEvent {}
