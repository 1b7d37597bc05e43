package io.opsflow.api.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task went from one status to another.
 *
 * @param startedAt when the task first left TODO, as it stands after this change
 * @param completedAt when it entered COMPLETED; null once it has left it
 */
public record TaskStatusChanged(
        String taskId,
        String categoryId,
        TaskStatus before,
        TaskStatus after,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant at)
        implements TaskEvent {}
