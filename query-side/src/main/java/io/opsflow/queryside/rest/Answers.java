package io.opsflow.queryside.rest;

import io.opsflow.api.Versioned;
import org.springframework.http.ResponseEntity;

/** What answers a read by id. */
final class Answers {

    private Answers() {}

    /** The state, its version as the ETag. */
    static <T> ResponseEntity<T> of(Versioned<T> answer) {
        return ResponseEntity.ok().eTag("\"" + answer.version() + "\"").body(answer.info());
    }
}
