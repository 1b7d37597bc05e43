package io.opsflow.api.event;

/**
 * The stable word for a kind of event, in the store and on the topic. Classes may be renamed; this never is.
 *
 * @param name e.g. {@code task.status_changed}; the part before the dot is the aggregate type
 * @param revision from 1; a new one only where an old payload would be misread
 */
public record EventType(String name, int revision, Class<? extends DomainEvent> payloadClass) {

    static final String CLOUD_EVENT_PREFIX = "io.opsflow.";

    /** The CloudEvents type, e.g. {@code io.opsflow.task.status_changed.v1}. */
    public String cloudEventType() {
        return cloudEventType(name, revision);
    }

    static String cloudEventType(String name, int revision) {
        return CLOUD_EVENT_PREFIX + name + ".v" + revision;
    }
}
