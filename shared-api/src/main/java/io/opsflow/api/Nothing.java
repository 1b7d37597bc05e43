package io.opsflow.api;

/** The answer of a delete: {@code {}}. */
public record Nothing() {

    /** There is no more to say. */
    public static final Nothing MORE = new Nothing();
}
