package io.opsflow.queryside.projection;

/**
 * An event does not fit the row as it is: the one before it is missing, this version does not know it, or it holds too
 * little. It is parked, and tried again when that may have changed.
 */
final class UnappliableException extends Exception {

    UnappliableException(String reason) {
        super(reason);
    }
}
