package io.opsflow.queryside.audit;

import io.opsflow.api.Versioned;
import io.opsflow.api.audit.TaskChange;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Page;
import io.opsflow.queryside.query.AnswerRoom;
import io.opsflow.queryside.task.TaskRow;
import io.opsflow.queryside.task.Tasks;
import io.opsflow.web.file.FileLinks;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells the life of a task, event by event. */
@Component
public class TaskHistories {

    private final Tasks tasks;
    private final TaskLog log;
    private final FileLinks files;
    private final AnswerRoom room;

    TaskHistories(Tasks tasks, TaskLog log, FileLinks files, AnswerRoom room) {
        this.tasks = tasks;
        this.log = log;
        this.files = files;
        this.room = room;
    }

    /**
     * The newest event first, those of a deleted task too.
     *
     * @throws ApiException ERROR_NOT_FOUND where there never was such a task, and where the caller may not see the
     *     project that it is in, or was in last; ERROR_INVALID_PARAMETER where the answer would be too large, and 503
     *     where there is no room for it beside others
     */
    public Versioned<ListAnswer<TaskChange>> of(Caller caller, String taskId, Page page) {
        TaskRow now = tasks.row(taskId);
        if (now == null || !now.isSeenBy(caller)) {
            throw ApiException.notFound("task_id", taskId);
        }
        // Versions count from 0 without holes, so a page's place among them is known beforehand.
        long newest = now.version() - page.offset();
        if (newest < 0) {
            return answer(taskId, now.version(), List.of());
        }
        int limit = page.isLimited() ? page.limit() : Page.MAX_LIMIT;
        TaskHistory history = new TaskHistory(files, newest - limit + 1, room.answer(caller, "page.limit"));
        log.read(taskId, newest, TaskLog.EVER, history::add);
        return answer(taskId, now.version(), history.newestFirst());
    }

    private static Versioned<ListAnswer<TaskChange>> answer(String taskId, long version, List<TaskChange> told) {
        return new Versioned<>(new ListAnswer<>(told, version + 1), taskId, version);
    }
}
