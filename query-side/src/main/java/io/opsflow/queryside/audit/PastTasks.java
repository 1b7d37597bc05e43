package io.opsflow.queryside.audit;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.queryside.task.TaskRow;
import io.opsflow.queryside.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads single tasks as they were: their events up to then, folded as the projection folds them. */
@Component
public class PastTasks {

    private final Tasks tasks;
    private final TaskLog log;
    private final Clock clock;

    PastTasks(Tasks tasks, TaskLog log, Clock clock) {
        this.tasks = tasks;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What get answered of this version.
     *
     * @throws ApiException ERROR_NOT_FOUND where there is no such version, where it is that of the deletion, and where
     *     the caller may not see the project that the task was in
     */
    public Versioned<TaskInfo> atVersion(Caller caller, String taskId, long version) {
        TaskRow now = tasks.row(taskId);
        boolean exists = now != null && version <= now.version();
        return tasks.answer(caller, taskId, exists ? fold(taskId, version, TaskLog.EVER) : null);
    }

    /**
     * What get answered of the last version that is not later than this.
     *
     * @throws ApiException ERROR_NOT_FOUND before its creation, from its deletion on, and where the caller may not see
     *     the project that the task was in; ERROR_INVALID_PARAMETER for a time that is still to come
     */
    public Versioned<TaskInfo> at(Caller caller, String taskId, Instant at) {
        TaskRow now = tasks.row(taskId);
        if (at.isAfter(clock.instant()) && !isKnown(at, now, caller)) {
            throw ApiException.invalid("at", "it lies in the future");
        }
        return tasks.answer(caller, taskId, now == null ? null : fold(taskId, now.version(), at));
    }

    /** What the caller was told of a task is over, though another process's clock may be ahead of this one's. */
    private static boolean isKnown(Instant at, @Nullable TaskRow now, Caller caller) {
        return now != null && now.isSeenBy(caller) && !at.isAfter(now.updatedAt());
    }

    private @Nullable TaskRow fold(String taskId, long last, Instant until) {
        Folded folded = new Folded();
        log.read(taskId, last, until, folded::apply);
        return folded.row;
    }

    private static final class Folded {

        private @Nullable TaskRow row;

        void apply(EventRecord event) {
            row = TaskRow.evolve(row, TaskLog.event(event), event.sequence());
        }
    }
}
