package io.opsflow.standalone;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a client sent, and what it knows of it.
 *
 * @param marker stands in what the request writes, and in no other request
 * @param answer null where the connection broke
 */
record Sent(String verb, String marker, ApiClient.@Nullable Answer answer) {

    private static final Map<String, List<String>> MARKED_EVENTS = Map.of(
            "create", List.of("task.created"),
            "update", List.of("task.renamed", "task.described"),
            "change_status", List.of("task.assigned"));

    /** The events that carry the marker of a request that was carried out. */
    List<String> markedEvents() {
        return MARKED_EVENTS.get(verb);
    }

    boolean isAcknowledged() {
        return answer != null && answer.status() == 200;
    }

    /** Whether nobody knows if it was carried out. */
    boolean isUnknown() {
        return answer == null || answer.status() == 503;
    }
}
