package io.opsflow.api.event;

import io.cloudevents.CloudEventData;
import io.cloudevents.rw.CloudEventContextWriter;
import io.cloudevents.rw.CloudEventWriter;
import io.cloudevents.types.Time;
import io.opsflow.api.json.Timestamps;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the attributes of a CloudEvent as they are read, without a CloudEvent in between: a rebuild reads millions. */
final class EventRecordWriter implements CloudEventWriter<EventRecord> {

    private static final String TYPE_PREFIX = EventType.CLOUD_EVENT_PREFIX;

    private final Map<String, String> attributes = HashMap.newHashMap(24);

    @Override
    public CloudEventContextWriter withContextAttribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    @Override
    public EventRecord end() {
        return end("");
    }

    @Override
    public EventRecord end(CloudEventData data) {
        return end(new String(data.toBytes(), StandardCharsets.UTF_8));
    }

    private EventRecord end(String payload) {
        URI.create(required("source")); // must be one, though nobody needs it
        String type = required("type");
        int version = type.lastIndexOf(".v");
        if (!type.startsWith(TYPE_PREFIX) || version <= TYPE_PREFIX.length()) {
            throw new IllegalArgumentException("not an event of OpsFlow: type " + type);
        }
        String name = type.substring(TYPE_PREFIX.length(), version);
        if (name.indexOf('.') <= 0) {
            throw new IllegalArgumentException("not an event of OpsFlow: no aggregate in the type " + type);
        }
        return new EventRecord(
                required("id"),
                name,
                Integer.parseInt(type.substring(version + 2)),
                required("subject"),
                Long.parseLong(required("sequence")),
                Long.parseLong(required("globalindex")),
                time(required("time")),
                required("domainid"),
                required("workspaceid"),
                required("projectid"),
                required("actor"),
                required("actorkind"),
                required("requestid"),
                optional("correlationid"),
                Boolean.parseBoolean(required("requestlast")),
                optional("traceparent"),
                required("hash"),
                payload);
    }

    private static Instant time(String text) {
        Instant time = Timestamps.parse(text);
        return time == null ? Time.parseTime("time", text).toInstant() : time;
    }

    private String required(String name) {
        @Nullable String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the CloudEvents attribute %s is missing".formatted(name));
        }
        return value;
    }

    private String optional(String name) {
        return attributes.getOrDefault(name, "");
    }
}
