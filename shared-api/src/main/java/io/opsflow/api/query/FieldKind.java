package io.opsflow.api.query;

/** What the values behind a name are, as far as it is known before any row is read. */
public enum FieldKind {
    TEXT,
    TIME,
    NUMBER,
    /** Anything: free data, lists, and what cannot be told from the request alone. */
    JSON,
    /** Nothing has this name: it is unset in every row. */
    NONE
}
