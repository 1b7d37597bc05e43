package io.opsflow.commandside.rest;

import io.opsflow.api.Versioned;
import org.springframework.http.ResponseEntity;

/** What every write answers with. */
final class Answers {

    private Answers() {}

    /** The state after the command, its version as the ETag. */
    static <T> ResponseEntity<T> of(Versioned<T> answer) {
        return ResponseEntity.ok().eTag("\"" + answer.version() + "\"").body(answer.info());
    }
}
