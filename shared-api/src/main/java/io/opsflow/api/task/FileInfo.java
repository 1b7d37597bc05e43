package io.opsflow.api.task;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of a task. This service stores the id alone; the rest is derived from the task until a file service is plugged in.
 *
 * @param downloadUrl made from the configured template
 * @param createdAt empty: nobody here knows
 */
public record FileInfo(
        String fileId,
        String name,
        String downloadUrl,
        Reference reference,
        ObjectNode tags,
        String resourceGroup,
        String domainId,
        String workspaceId,
        String projectId,
        String createdAt) {

    private static final String RESOURCE_TYPE = "opsflow.Task";
    private static final String RESOURCE_GROUP = "PROJECT";

    /** What a file belongs to. */
    public record Reference(String resourceType, String resourceId) {}

    /** Whether nothing stands in braces but what {@link #of} knows. */
    public static boolean isTemplate(String url) {
        return url.replaceAll("\\{(file|task|domain|workspace|project)_id}", "").matches("[^{}]*");
    }

    /** @param urlTemplate may name {file_id}, {task_id}, {domain_id}, {workspace_id} and {project_id} */
    public static FileInfo of(
            String fileId, String taskId, String domainId, String workspaceId, String projectId, String urlTemplate) {
        String url = urlTemplate
                .replace("{file_id}", URLEncoder.encode(fileId, StandardCharsets.UTF_8))
                .replace("{task_id}", taskId)
                .replace("{domain_id}", domainId)
                .replace("{workspace_id}", workspaceId)
                .replace("{project_id}", URLEncoder.encode(projectId, StandardCharsets.UTF_8));
        return new FileInfo(
                fileId,
                "",
                url,
                new Reference(RESOURCE_TYPE, taskId),
                JsonNodeFactory.instance.objectNode(),
                RESOURCE_GROUP,
                domainId,
                workspaceId,
                projectId,
                "");
    }
}
