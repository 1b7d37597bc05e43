package io.opsflow.api.catalog;

/** Whether a field takes one value or a list of them. */
public enum SelectionType {
    SINGLE,
    MULTI
}
