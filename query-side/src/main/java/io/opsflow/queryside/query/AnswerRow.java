package io.opsflow.queryside.query;

import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.query.FieldPath;
import java.time.OffsetDateTime;
import java.util.List;
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
 * @param only the fields that were asked for; empty for all
 */
public record AnswerRow(Map<String, @Nullable Object> values, List<FieldPath> only) {

    /** A text; empty where unset. */
    public String text(String name) {
        return isAsked(name) ? hidden(name) : "";
    }

    /** A text that an answer is made of, whether it was asked for or not. */
    public String hidden(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** A time on the wire; empty where unset. */
    public String time(String name) {
        return isAsked(name) && values.get(name) instanceof OffsetDateTime time
                ? Timestamps.format(time.toInstant())
                : "";
    }

    /** An object; empty where unset. Of it only what was asked for. */
    public ObjectNode object(String name) {
        List<List<String>> paths = only.stream()
                .filter(path -> path.top().equals(name))
                .map(FieldPath::rest)
                .toList();
        JsonNode whole = json(name);
        JsonNode asked = only.isEmpty() ? whole : Excerpt.of(whole, paths);
        return asked instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    /** Anything in JSON, whole; null's node where it is unset or not asked for. */
    public JsonNode json(String name) {
        Object value = isAsked(name) ? values.get(name) : null;
        if (value instanceof JSON json) {
            return Json.mapper().readTree(json.data());
        }
        return value instanceof JSONB json ? Json.mapper().readTree(json.data()) : JsonNodeFactory.instance.nullNode();
    }

    private boolean isAsked(String name) {
        return only.isEmpty() || only.stream().anyMatch(path -> path.top().equals(name));
    }
}
