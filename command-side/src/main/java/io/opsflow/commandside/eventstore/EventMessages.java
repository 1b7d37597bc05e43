package io.opsflow.commandside.eventstore;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;

/** Turns Axon's messages into rows of the store and back. */
final class EventMessages {

    private final Serializer serializer;

    EventMessages(Serializer serializer) {
        this.serializer = serializer;
    }

    /**
     * @param last whether it is its request's last event
     * @throws IllegalArgumentException for what no aggregate emitted, and for an event without a scope
     */
    StoredEvent row(EventMessage<?> message, boolean last) {
        if (!(message instanceof DomainEventMessage<?> event) || !(event.getPayload() instanceof DomainEvent payload)) {
            throw new IllegalArgumentException("only events of aggregates are stored: " + message.getPayloadType());
        }
        SerializedObject<String> serialized = event.serializePayload(serializer, String.class);
        String name = serialized.getType().getName();
        EventScope scope = EventScope.of(event.getMetaData());
        if (scope.domainId().isEmpty()) {
            throw new IllegalArgumentException("an event belongs to a domain: " + name);
        }
        return new StoredEvent(
                name.substring(0, name.indexOf('.')),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                name,
                Integer.parseInt(serialized.getType().getRevision()),
                wholeMilliseconds(payload.at()),
                scope,
                serialized.getData(),
                EventMetadata.toJson(event.getMetaData(), last));
    }

    /** The payload is read when it is asked for, so an event that this version does not know breaks no reader of all. */
    GenericTrackedDomainEventMessage<?> message(AppendedEvent appended) {
        StoredEvent event = appended.event();
        SerializedObject<String> payload = new SimpleSerializedObject<>(
                event.payload(),
                String.class,
                new SimpleSerializedType(event.name(), Integer.toString(event.revision())));
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(appended.globalIndex()),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                new SerializedMessage<>(
                        event.eventId().toString(),
                        new LazyDeserializingObject<>(payload, serializer),
                        new LazyDeserializingObject<>(EventMetadata.fromRow(
                                event.metadata(), event.scope(), HexFormat.of().formatHex(appended.hash())))),
                event::occurredAt);
    }

    /** @throws IllegalStateException for an event that this version does not know */
    GenericTrackedDomainEventMessage<?> knownMessage(AppendedEvent appended) {
        StoredEvent event = appended.event();
        if (EventTypes.named(event.name(), event.revision()).isEmpty()) {
            throw new IllegalStateException("%s has an event that only a newer version knows: %s.v%d"
                    .formatted(event.aggregateId(), event.name(), event.revision()));
        }
        return message(appended);
    }

    private static Instant wholeMilliseconds(Instant at) {
        if (!at.equals(at.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("an event's time is in whole milliseconds: " + at);
        }
        return at;
    }
}
