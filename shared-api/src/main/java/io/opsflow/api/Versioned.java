package io.opsflow.api;

/**
 * An answer and the state it tells of.
 *
 * @param id of the task, category or type
 * @param version the number of the last event that the answer includes, from 0
 */
public record Versioned<T>(T info, String id, long version) {}
