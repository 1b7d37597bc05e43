package io.opsflow.api.task;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates a task. Texts are trimmed and within the limits of the contract.
 *
 * @param taskId made by the command side, never by the client
 */
public record CreateTask(
        @TargetAggregateIdentifier String taskId,
        String domainId,
        String workspaceId,
        String name,
        String statusId,
        String projectId,
        String taskTypeId,
        Priority priority,
        String description,
        List<String> files,
        Mentions mentions,
        String assignee,
        ObjectNode data) {}
