package io.opsflow.commandside.eventstore;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.web.trace.Traces;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import tools.jackson.core.type.TypeReference;

/**
 * What is known of an event beside its content: who caused it and by which request. The names are those of the
 * metadata column; in Axon's metadata the scope's columns and the hash stand beside them.
 */
public final class EventMetadata {

    /** The {@link io.opsflow.api.caller.Caller} of a command, for its decision; no event carries it. */
    public static final String CALLER = "caller";

    /** The user or app. */
    public static final String ACTOR = "actor";

    /** USER, APP or SYSTEM. */
    public static final String ACTOR_KIND = "actor_kind";

    /** One a command: the events that carry the same one happened together. */
    public static final String REQUEST_ID = "request_id";

    /** What the client knows the request by. */
    public static final String CORRELATION_ID = "correlation_id";

    /** Whether it is the last event of its request. */
    public static final String REQUEST_LAST = "request_last";

    /** Where the command stands in its trace, as W3C's header of that name; only where traces are told. */
    public static final String TRACEPARENT = Traces.PARENT;

    /** The hash chain at this event, lowercase hex; only on events that were read. */
    public static final String HASH = "hash";

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private EventMetadata() {}

    /** Empty where there is none, as in what is no command. */
    static String traceparent(UnitOfWork<?> command) {
        Message<?> message = command.getMessage();
        return message != null && message.getMetaData().get(TRACEPARENT) instanceof String traceparent
                ? traceparent
                : "";
    }

    static String toJson(MetaData metaData, boolean requestLast) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : new String[] {ACTOR, ACTOR_KIND, REQUEST_ID, CORRELATION_ID}) {
            members.put(name, metaData.getOrDefault(name, ""));
        }
        members.put(REQUEST_LAST, requestLast);
        if (metaData.get(TRACEPARENT) instanceof String traceparent) {
            members.put(TRACEPARENT, traceparent);
        }
        return Json.write(members);
    }

    /** The same text from the event's record on the topic, which tells all members. */
    static String toJson(EventRecord record) {
        MetaData told = MetaData.from(Map.of(
                ACTOR, record.actor(),
                ACTOR_KIND, record.actorKind(),
                REQUEST_ID, record.requestId(),
                CORRELATION_ID, record.correlationId()));
        return toJson(
                record.traceparent().isEmpty() ? told : told.and(TRACEPARENT, record.traceparent()),
                record.requestLast());
    }

    static MetaData fromRow(String json, EventScope scope, String hash) {
        Map<String, Object> members = new HashMap<>(Json.mapper().readValue(json, MEMBERS));
        members.put(HASH, hash);
        return MetaData.from(members).mergedWith(scope.asMetaData());
    }
}
