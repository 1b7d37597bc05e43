package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Parameters;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import io.opsflow.queryside.task.Tasks;
import io.opsflow.web.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/opsflow/v1/task", "/opsflow/task"})
class TaskQueryController {

    private final QueryEngine queries;
    private final Resource<TaskInfo> tasks;
    private final Tasks byId;
    private final Consistency consistency;

    TaskQueryController(QueryEngine queries, Resource<TaskInfo> tasks, Tasks byId, Consistency consistency) {
        this.queries = queries;
        this.tasks = tasks;
        this.byId = byId;
        this.consistency = consistency;
    }

    @PostMapping("/get")
    ResponseEntity<TaskInfo> get(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        String id = request.requiredText("task_id", 255);
        request.end();
        consistency.await(caller, changes);
        return Answers.of(byId.get(caller, id));
    }

    @PostMapping("/list")
    ListAnswer<TaskInfo> list(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        Query query = listQuery(request, caller);
        request.end();
        consistency.await(caller, changes);
        return queries.list(tasks, caller, query);
    }

    @PostMapping("/stat")
    StatAnswer stat(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_READ);
        StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.TASK);
        request.end();
        consistency.await(caller, changes);
        return queries.stat(tasks, caller, query);
    }

    /** What list asks for, of tasks now or then. */
    static Query listQuery(Members request, Caller caller) {
        Query query = Query.of(request, QuerySchema.TASK);
        return query.and(TokensFirst.parameters(
                caller,
                Parameters.read(
                        request,
                        QuerySchema.TASK,
                        "task_id",
                        "name",
                        "status_id",
                        "status_type",
                        "priority",
                        "workspace_id",
                        "project_id",
                        "category_id",
                        "task_type_id")));
    }
}
