package io.opsflow.queryside.generation;

import org.springframework.dao.TransientDataAccessException;

/** There is no generation in this place: it was exchanged, or is not read yet. */
public final class NotTheGenerationException extends TransientDataAccessException {

    NotTheGenerationException(String message) {
        super(message);
    }
}
