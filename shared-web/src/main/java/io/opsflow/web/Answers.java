package io.opsflow.web;

import io.opsflow.api.Versioned;
import org.springframework.http.ResponseEntity;

/** What answers a write, and a read by id. */
public final class Answers {

    private Answers() {}

    /** The state, with its version as the {@code ETag}: the number of its last event, from 0. */
    public static <T> ResponseEntity<T> of(Versioned<T> answer) {
        return ResponseEntity.ok().eTag("\"" + answer.version() + "\"").body(answer.info());
    }
}
