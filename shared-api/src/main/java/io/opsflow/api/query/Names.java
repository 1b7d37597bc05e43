package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members of a query that have a short and a long name, and texts that are taken as they stand, untrimmed. */
final class Names {

    private Names() {}

    /** The member under either name, null included, as its value may be; null only where it is under neither. */
    static @Nullable JsonNode either(Members members, String shortName, String longName) {
        return either(members, shortName, longName, Members::raw);
    }

    static @Nullable String text(Members members, String shortName, String longName) {
        return text(either(members, shortName, longName, Members::given), members.key(longName));
    }

    private static @Nullable JsonNode either(
            Members members,
            String shortName,
            String longName,
            BiFunction<Members, String, @Nullable JsonNode> reading) {
        JsonNode ofShort = reading.apply(members, shortName);
        JsonNode ofLong = reading.apply(members, longName);
        if (ofShort != null && ofLong != null) {
            throw ApiException.invalid(members.key(longName), "given twice, also as " + shortName);
        }
        return ofShort != null ? ofShort : ofLong;
    }

    static @Nullable String text(Members members, String name) {
        return text(members.given(name), members.key(name));
    }

    static String requiredText(Members members, String shortName, String longName) {
        String text = text(members, shortName, longName);
        if (text == null) {
            throw ApiException.required(members.key(longName));
        }
        return text;
    }

    static FieldPath requiredPath(Members members, String shortName, String longName) {
        return FieldPath.parse(requiredText(members, shortName, longName), members.key(longName));
    }

    private static @Nullable String text(@Nullable JsonNode value, String place) {
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw ApiException.wrongType(place, "string");
        }
        return value.stringValue();
    }
}
