package io.opsflow.web;

import io.opsflow.api.Versioned;
import org.springframework.http.ResponseEntity;

/** What answers a write, and a read by id. */
public final class Answers {

    /** Sent with a read, it makes the answer include the changes it names. */
    public static final String CONSISTENT_WITH = "Opsflow-Consistent-With";

    private Answers() {}

    /** The state, with its version as the {@code ETag}: the number of its last event, from 0. */
    public static <T> ResponseEntity<T> of(Versioned<T> answer) {
        return ResponseEntity.ok().eTag(quoted(answer.version())).body(answer.info());
    }

    /** As {@link #of}, with what to send with a read that shall see the change. */
    public static <T> ResponseEntity<T> ofWrite(Versioned<T> answer) {
        return ResponseEntity.ok()
                .eTag(quoted(answer.version()))
                .header(CONSISTENT_WITH, quoted(answer.id() + "@" + answer.version()))
                .body(answer.info());
    }

    private static String quoted(Object text) {
        return "\"" + text + "\"";
    }
}
