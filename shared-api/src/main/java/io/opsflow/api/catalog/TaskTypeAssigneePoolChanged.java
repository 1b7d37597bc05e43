package io.opsflow.api.catalog;

import java.time.Instant;
import java.util.List;

/** Tasks of a type can now be given to these. */
public record TaskTypeAssigneePoolChanged(String taskTypeId, List<String> assigneePool, Instant at)
        implements TaskTypeEvent {}
