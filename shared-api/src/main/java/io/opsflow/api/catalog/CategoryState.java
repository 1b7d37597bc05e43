package io.opsflow.api.catalog;

/** Whether tasks may still be created in a category. */
public enum CategoryState {
    ACTIVE,
    DELETED
}
