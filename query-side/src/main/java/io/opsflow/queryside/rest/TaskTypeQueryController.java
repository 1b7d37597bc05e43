package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Parameters;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.queryside.catalog.TaskTypes;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import io.opsflow.web.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/opsflow/v1/task-type", "/opsflow/task-type"})
class TaskTypeQueryController {

    private final QueryEngine queries;
    private final Resource<TaskTypeInfo> types;
    private final TaskTypes byId;
    private final Consistency consistency;

    TaskTypeQueryController(
            QueryEngine queries, Resource<TaskTypeInfo> types, TaskTypes byId, Consistency consistency) {
        this.queries = queries;
        this.types = types;
        this.byId = byId;
        this.consistency = consistency;
    }

    @PostMapping("/get")
    ResponseEntity<TaskTypeInfo> get(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_TYPE_READ);
        String id = request.requiredText("task_type_id", 255);
        boolean includeCategoryFields = request.flag("include_category_fields");
        request.end();
        consistency.await(caller, changes);
        return Answers.of(byId.get(caller, id, includeCategoryFields));
    }

    @PostMapping("/list")
    ListAnswer<TaskTypeInfo> list(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_TYPE_READ);
        Query query = Query.of(request, QuerySchema.TASK_TYPE);
        Query exact = query.and(TokensFirst.parameters(
                caller,
                Parameters.read(request, QuerySchema.TASK_TYPE, "task_type_id", "name", "category_id", "domain_id")));
        request.end();
        consistency.await(caller, changes);
        return queries.list(types, caller, exact);
    }

    @PostMapping("/stat")
    StatAnswer stat(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_TYPE_READ);
        StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.TASK_TYPE);
        request.end();
        consistency.await(caller, changes);
        return queries.stat(types, caller, query);
    }
}
