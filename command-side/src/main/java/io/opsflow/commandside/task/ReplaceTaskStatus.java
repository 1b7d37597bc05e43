package io.opsflow.commandside.task;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Moves a task out of a status that its category has lost, to the default of the same list. A task that holds another
 * status by now stays as it is. The service itself sends it: no caller is asked for.
 *
 * @param statusId the status that was lost
 */
public record ReplaceTaskStatus(@TargetAggregateIdentifier String taskId, String statusId) {}
