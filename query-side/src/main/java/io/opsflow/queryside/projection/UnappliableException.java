package io.opsflow.queryside.projection;

/** An event cannot be applied: not now, and not when it is tried again. */
final class UnappliableException extends Exception {

    UnappliableException(String reason) {
        super(reason);
    }
}
