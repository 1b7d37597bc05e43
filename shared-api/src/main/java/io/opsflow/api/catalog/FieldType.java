package io.opsflow.api.catalog;

/** What a task may hold under a field of its type. */
public enum FieldType {
    TEXT,
    PARAGRAPH,
    LABELS,
    DROPDOWN,
    DATE,
    USER,
    ASSET,
    PROJECT,
    PROVIDER,
    SERVICE_ACCOUNT
}
