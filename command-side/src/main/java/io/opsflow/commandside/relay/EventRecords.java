package io.opsflow.commandside.relay;

import io.cloudevents.CloudEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** Makes the record of an event. Its payload passes through as it is stored, known to this version or not. */
final class EventRecords {

    private final String topic;
    private final Serializer serializer;

    /** @param serializer the one that the events were read with */
    EventRecords(String topic, Serializer serializer) {
        this.topic = topic;
        this.serializer = serializer;
    }

    /** Where the event's command stands in its trace; empty where that is not known. */
    static String traceparent(DomainEventMessage<?> event) {
        return text(event.getMetaData(), EventMetadata.TRACEPARENT);
    }

    /** @param traceparent of the step that sends it; empty where there is none */
    ProducerRecord<String, CloudEvent> of(DomainEventMessage<?> event, TrackingToken position, String traceparent) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        MetaData metaData = event.getMetaData();
        EventScope scope = EventScope.of(metaData);
        EventRecord record = new EventRecord(
                event.getIdentifier(),
                payload.getType().getName(),
                Integer.parseInt(payload.getType().getRevision()),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                position.position().orElseThrow(),
                event.getTimestamp(),
                scope.domainId(),
                scope.workspaceId(),
                scope.projectId(),
                text(metaData, EventMetadata.ACTOR),
                text(metaData, EventMetadata.ACTOR_KIND),
                text(metaData, EventMetadata.REQUEST_ID),
                text(metaData, EventMetadata.CORRELATION_ID),
                Boolean.TRUE.equals(metaData.get(EventMetadata.REQUEST_LAST)),
                text(metaData, EventMetadata.TRACEPARENT),
                text(metaData, EventMetadata.HASH),
                payload.getData());
        var sent = new ProducerRecord<>(topic, record.aggregateId(), record.toCloudEvent());
        if (!traceparent.isEmpty()) {
            sent.headers().add(EventRecord.TRACEPARENT, traceparent.getBytes(StandardCharsets.US_ASCII));
        }
        return sent;
    }

    private static String text(MetaData metaData, String name) {
        return String.valueOf(metaData.getOrDefault(name, ""));
    }
}
