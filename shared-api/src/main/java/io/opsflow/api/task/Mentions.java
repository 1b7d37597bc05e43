package io.opsflow.api.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Who is to be notified of a change. They travel in the event and are not part of the task. */
public record Mentions(
        @JsonProperty("USER") List<String> users,
        @JsonProperty("USER_GROUP") List<String> userGroups) {

    /** Nobody. */
    public static final Mentions NONE = new Mentions(List.of(), List.of());
}
