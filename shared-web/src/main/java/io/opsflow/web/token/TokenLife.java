package io.opsflow.web.token;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * How long what a token began may go on, where that is longer than an answer.
 *
 * @param end the token's {@code exp}
 * @param isAccepted whether the token would be accepted once more, now: it is not past its end, and its key still counts
 */
public record TokenLife(Instant end, BooleanSupplier isAccepted) {}
