package io.opsflow.commandside.eventstore;

import java.util.Map;
import org.axonframework.messaging.MetaData;

/**
 * Whose event it is: the columns that readers select by, told by the aggregate with each event.
 *
 * @param workspaceId empty for what belongs to the domain as a whole, as is projectId
 */
public record EventScope(String domainId, String workspaceId, String projectId) {

    static final String DOMAIN_ID = "domain_id";
    static final String WORKSPACE_ID = "workspace_id";
    static final String PROJECT_ID = "project_id";

    public static EventScope ofDomain(String domainId) {
        return new EventScope(domainId, "", "");
    }

    public MetaData asMetaData() {
        return MetaData.from(Map.of(DOMAIN_ID, domainId, WORKSPACE_ID, workspaceId, PROJECT_ID, projectId));
    }

    /** The scope that an event was emitted, or read, with. */
    public static EventScope of(MetaData metaData) {
        return new EventScope(
                (String) metaData.getOrDefault(DOMAIN_ID, ""),
                (String) metaData.getOrDefault(WORKSPACE_ID, ""),
                (String) metaData.getOrDefault(PROJECT_ID, ""));
    }
}
