package io.opsflow.api.audit;

import java.util.List;

/**
 * One event in the history of a task.
 *
 * @param version the number of the event, from 0
 * @param eventId the audit event that it is part of
 * @param eventName its stable word, e.g. {@code task.renamed}
 * @param by who did it
 * @param changes what it changed of the task, in the order of a task's fields; {@code at} stands for updated_at. Empty
 *     where it changed nothing that a task shows
 */
public record TaskChange(
        long version, String eventId, String eventName, String at, String by, List<FieldChange> changes) {}
