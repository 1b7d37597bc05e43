package io.opsflow.api.audit;

/**
 * A field of a task and what it was and became, both as get answers them: a text, the data or a list of files.
 *
 * @param from the value of an unset field where the task is created
 */
public record FieldChange(String field, Object from, Object to) {}
