package io.opsflow.commandside.eventstore;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventType;
import io.opsflow.api.event.EventTypes;
import io.opsflow.api.json.Json;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Events as the store keeps them: the contract's JSON under the contract's names, never a name of a class. */
public final class EventSerializer extends Jackson3Serializer {

    EventSerializer() {
        super(Jackson3Serializer.builder());
    }

    @Override
    protected ObjectWriter getWriter() {
        return Json.mapper().writer();
    }

    @Override
    protected ObjectReader getReader(Class<?> type) {
        return DomainEvent.class.isAssignableFrom(type) ? Json.mapper().readerFor(type) : super.getReader(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Axon's
    public SerializedType typeForClass(Class type) {
        if (type == null || !DomainEvent.class.isAssignableFrom(type)) {
            return super.typeForClass(type);
        }
        EventType event = EventTypes.of(type);
        return new SimpleSerializedType(event.name(), Integer.toString(event.revision()));
    }

    /** A name this version does not know stays a name: Axon then hands on the event unread, as the relay needs it. */
    @Override
    protected String resolveClassName(SerializedType serializedType) {
        return EventTypes.named(serializedType.getName(), Integer.parseInt(serializedType.getRevision()))
                .map(type -> type.payloadClass().getName())
                .orElse(serializedType.getName());
    }
}
