package io.opsflow.standalone;

import io.opsflow.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a task was at each of its versions, told from the JSON of its events alone. It shares nothing with either side. */
final class FoldedTask {

    private final ObjectNode state = Json.mapper().createObjectNode();
    private final List<ObjectNode> versions = new ArrayList<>();
    private boolean deleted;

    /** The answer that the service owes at this version. */
    ObjectNode at(long version) {
        return versions.get((int) version);
    }

    ObjectNode last() {
        return versions.getLast();
    }

    long version() {
        return versions.size() - 1L;
    }

    /** Nobody is shown it any more. */
    boolean isDeleted() {
        return deleted;
    }

    void add(StoredEvent stored) {
        JsonNode event = stored.event();
        switch (stored.name()) {
            case "task.created" -> begin(event);
            case "task.renamed" -> state.set("name", event.get("name"));
            case "task.described" -> state.set("description", event.get("description"));
            case "task.assigned" -> state.set("assignee", event.get("assignee"));
            case "task.status_changed" -> enter(event.get("after"), event);
            case "task.deleted" -> deleted = true;
            default -> throw new IllegalArgumentException("nobody asked for this: " + stored);
        }
        state.set("updated_at", event.get("at"));
        versions.add(state.deepCopy());
    }

    private void begin(JsonNode created) {
        for (String member : List.of(
                "task_id",
                "name",
                "priority",
                "description",
                "data",
                "files",
                "assignee",
                "created_by",
                "domain_id",
                "workspace_id",
                "project_id",
                "category_id",
                "task_type_id")) {
            state.set(member, created.get(member));
        }
        state.set("created_at", created.get("at"));
        enter(created.get("status"), created);
    }

    private void enter(JsonNode status, JsonNode event) {
        state.set("status_id", status.get("status_id"));
        state.set("status_type", status.get("status_type"));
        state.put("started_at", event.get("started_at").asString(""));
        state.put("completed_at", event.get("completed_at").asString(""));
    }
}
