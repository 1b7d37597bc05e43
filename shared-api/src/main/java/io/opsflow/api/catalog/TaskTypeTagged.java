package io.opsflow.api.catalog;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** The tags of a type are now these. */
public record TaskTypeTagged(String taskTypeId, ObjectNode tags, Instant at) implements TaskTypeEvent {}
