package io.opsflow.queryside.query;

import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One row of a list, read field by field. What the query did not ask for reads as unset.
 *
 * @param values by field; null or absent where unset
 * @param asked what was asked for of the fields
 */
public record AnswerRow(Map<String, @Nullable Object> values, Excerpt asked) {

    /** A text; empty where unset. */
    public String text(String name) {
        return asked.asksFor(name) ? hidden(name) : "";
    }

    /** A text that an answer is made of, whether it was asked for or not. */
    public String hidden(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** A time on the wire; empty where unset. */
    public String time(String name) {
        return asked.asksFor(name) && values.get(name) instanceof OffsetDateTime time
                ? Timestamps.format(time.toInstant())
                : "";
    }

    /** An object; empty where unset. Of it only what was asked for. */
    public ObjectNode object(String name) {
        JsonNode value = asked.at(name).of(json(name));
        return value instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** Anything in JSON, whole; null's node where it is unset or not asked for. */
    public JsonNode json(String name) {
        Object value = asked.asksFor(name) ? values.get(name) : null;
        if (value instanceof JSON json) {
            return Json.unlimited().readTree(json.data());
        }
        return value instanceof JSONB json
                ? Json.unlimited().readTree(json.data())
                : JsonNodeFactory.instance.nullNode();
    }
}
