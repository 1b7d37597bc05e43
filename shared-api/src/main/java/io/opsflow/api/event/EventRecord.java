package io.opsflow.api.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventReader;
import io.opsflow.api.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * An event as it stands on the topic: a CloudEvent, in binary mode, keyed by the aggregate's id.
 *
 * @param name the event type's stable word, e.g. {@code task.created}
 * @param sequence the event's number within its aggregate, from 0
 * @param globalIndex its place in the event store, without holes
 * @param traceparent W3C Trace Context of the command, as the event keeps it; empty where traces were not told
 * @param hash the store's hash chain at this event, lowercase hex
 * @param workspaceId empty for what belongs to a domain as a whole, as is projectId
 * @param projectId the project after this event
 * @param correlationId what the client knows the request by; empty on records made before it was told
 * @param requestLast whether it is the last event of its request; a reader that stops here never shows half a request
 * @param payload the event's JSON, exactly as stored
 */
public record EventRecord(
        String eventId,
        String name,
        int revision,
        String aggregateId,
        long sequence,
        long globalIndex,
        Instant occurredAt,
        String domainId,
        String workspaceId,
        String projectId,
        String actor,
        String actorKind,
        String requestId,
        String correlationId,
        boolean requestLast,
        String traceparent,
        String hash,
        String payload) {

    /**
     * The record's header that is no attribute of the event: W3C Trace Context, of the step that sent the record. It is
     * there where the service tells traces.
     */
    public static final String TRACEPARENT = "traceparent";

    private static final String JSON = "application/json";

    /** The part of the name before the dot: task, task-category or task-type. */
    public String aggregateType() {
        return name.substring(0, name.indexOf('.'));
    }

    /**
     * The event itself; empty where this version knows no such name and revision.
     *
     * @throws JacksonException where the payload cannot be read as what the name promises
     */
    public Optional<DomainEvent> event() {
        return EventTypes.named(name, revision).map(type -> Json.mapper().readValue(payload, type.payloadClass()));
    }

    public CloudEvent toCloudEvent() {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(eventId)
                .withType(EventType.cloudEventType(name, revision))
                .withSource(URI.create("/opsflow/v1/" + aggregateType()))
                .withSubject(aggregateId)
                .withTime(occurredAt.atOffset(ZoneOffset.UTC))
                .withExtension("sequence", Long.toString(sequence))
                .withExtension("globalindex", Long.toString(globalIndex))
                .withExtension("hash", hash)
                .withExtension("domainid", domainId)
                .withExtension("workspaceid", workspaceId)
                .withExtension("projectid", projectId)
                .withExtension("actor", actor)
                .withExtension("actorkind", actorKind)
                .withExtension("requestid", requestId)
                .withExtension("correlationid", correlationId)
                .withExtension("requestlast", Boolean.toString(requestLast))
                .withData(JSON, payload.getBytes(StandardCharsets.UTF_8));
        return (traceparent.isEmpty() ? event : event.withExtension("traceparent", traceparent)).build();
    }

    /**
     * The event of a record of the topic.
     *
     * @param message a CloudEvent in binary mode
     * @throws io.cloudevents.rw.CloudEventRWException for what is none
     * @throws IllegalArgumentException for one that is not in this format; the message says what is missing
     */
    public static EventRecord from(CloudEventReader message) {
        return message.read(version -> new EventRecordWriter());
    }
}
