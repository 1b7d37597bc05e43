package io.opsflow.queryside.rest;

import io.opsflow.api.Versioned;
import io.opsflow.api.audit.TaskChange;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.IsoTime;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Page;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.queryside.audit.PastTasks;
import io.opsflow.queryside.audit.TaskHistories;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import io.opsflow.queryside.query.TasksAt;
import io.opsflow.web.Answers;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/opsflow/v1/task", "/opsflow/task"})
class TaskPastController {

    private final QueryEngine queries;
    private final Resource<TaskInfo> tasks;
    private final PastTasks byId;
    private final TaskHistories histories;
    private final Clock clock;
    private final Consistency consistency;

    TaskPastController(
            QueryEngine queries,
            Resource<TaskInfo> tasks,
            PastTasks byId,
            TaskHistories histories,
            Clock clock,
            Consistency consistency) {
        this.queries = queries;
        this.tasks = tasks;
        this.byId = byId;
        this.histories = histories;
        this.clock = clock;
        this.consistency = consistency;
    }

    @PostMapping("/history")
    ResponseEntity<ListAnswer<TaskChange>> history(
            @RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        String id = request.requiredText("task_id", 255);
        Page page = Page.of(request);
        request.end();
        consistency.await(caller, changes);
        return Answers.of(histories.of(caller, id, page));
    }

    @PostMapping("/get_at")
    ResponseEntity<TaskInfo> getAt(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        String id = request.requiredText("task_id", 255);
        Instant at = IsoTime.of(request, "at");
        Long version = Past.version(request);
        if (at == null && version == null) {
            throw ApiException.required("at");
        }
        // A client that writes out what it does not mean sends 0; beside a time that is no version.
        if (at != null && version != null && version != 0) {
            throw ApiException.invalid("version", "not beside at");
        }
        request.end();
        consistency.await(caller, changes);
        Versioned<TaskInfo> answer = at != null ? byId.at(caller, id, at) : byId.atVersion(caller, id, version);
        return Answers.of(answer);
    }

    @PostMapping("/list_at")
    ListAnswer<TaskInfo> listAt(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        Instant at = Past.requiredAt(request, clock);
        Query query = TaskQueryController.listQuery(request, caller);
        request.end();
        consistency.await(caller, changes);
        return queries.list(tasks.from(TasksAt.of(at)), caller, query);
    }

    @PostMapping("/stat_at")
    StatAnswer statAt(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        Instant at = Past.requiredAt(request, clock);
        StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.TASK);
        request.end();
        consistency.await(caller, changes);
        return queries.stat(tasks.from(TasksAt.of(at)), caller, query);
    }
}
