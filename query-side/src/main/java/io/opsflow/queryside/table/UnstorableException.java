package io.opsflow.queryside.table;

/** A value that no column like this takes; its message says why, without the value. */
public final class UnstorableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnstorableException(String reason) {
        super(reason);
    }
}
