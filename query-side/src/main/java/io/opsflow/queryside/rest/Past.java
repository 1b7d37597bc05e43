package io.opsflow.queryside.rest;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.IsoTime;
import io.opsflow.api.query.WholeNumber;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The place in the past that a request asks for: a time that is over, or a version. */
final class Past {

    private Past() {}

    static Instant requiredAt(Members request, Clock clock) {
        Instant at = IsoTime.of(request, "at");
        if (at == null) {
            throw ApiException.required("at");
        }
        if (at.isAfter(clock.instant())) {
            throw ApiException.invalid("at", "it lies in the future");
        }
        return at;
    }

    /** Null where it is not given. Unlike elsewhere 0 counts: it is the number of a task's first event. */
    static @Nullable Long version(Members request) {
        JsonNode value = request.raw("version");
        boolean given = value != null && (value.isNumber() || !Members.isNotGiven(value));
        return given ? (Long) WholeNumber.read(value, "version") : null;
    }
}
