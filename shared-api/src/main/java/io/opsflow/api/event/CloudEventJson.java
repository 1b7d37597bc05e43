package io.opsflow.api.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.types.Time;
import io.opsflow.api.json.Json;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** An event in the JSON format of CloudEvents: the attributes and extensions it has on the topic, and its payload. */
public final class CloudEventJson {

    private static final JsonFactory STRICT = Json.unlimited().tokenStreamFactory();

    private CloudEventJson() {}

    /** One line. The payload keeps its digits and the order of its members; where it is no JSON it becomes a string. */
    public static String write(EventRecord record) {
        CloudEvent event = record.toCloudEvent();
        ObjectNode json = Json.mapper()
                .createObjectNode()
                .put("specversion", event.getSpecVersion().toString())
                .put("id", event.getId())
                .put("source", event.getSource().toString())
                .put("type", event.getType())
                .put("subject", event.getSubject())
                .put("time", Time.writeTime(Objects.requireNonNull(event.getTime())))
                .put("datacontenttype", event.getDataContentType());
        for (String extension : new TreeSet<>(event.getExtensionNames())) {
            json.put(extension, String.valueOf(event.getExtension(extension)));
        }
        String payload = record.payload();
        if (isJson(payload)) {
            // A line break of JSON stands between its tokens, never within one.
            json.putRawValue("data", new RawValue(payload.replace('\n', ' ').replace('\r', ' ')));
        } else {
            json.put("data", payload);
        }
        return Json.write(json);
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
