package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.CategoryState;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Condition;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Parameters;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.queryside.catalog.TaskCategories;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import io.opsflow.web.Answers;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/opsflow/v1/task-category", "/opsflow/task-category"})
class TaskCategoryQueryController {

    private static final Condition NOT_DELETED =
            Parameters.equal(QuerySchema.TASK_CATEGORY, "state", CategoryState.ACTIVE.name());

    private final QueryEngine queries;
    private final Resource<TaskCategoryInfo> categories;
    private final TaskCategories byId;
    private final Consistency consistency;

    TaskCategoryQueryController(
            QueryEngine queries, Resource<TaskCategoryInfo> categories, TaskCategories byId, Consistency consistency) {
        this.queries = queries;
        this.categories = categories;
        this.byId = byId;
        this.consistency = consistency;
    }

    @PostMapping("/get")
    ResponseEntity<TaskCategoryInfo> get(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_CATEGORY_READ);
        String id = request.requiredText("category_id", 255);
        request.end();
        consistency.await(caller, changes);
        return Answers.of(byId.get(caller, id));
    }

    @PostMapping("/list")
    ListAnswer<TaskCategoryInfo> list(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_CATEGORY_READ);
        Query query = Query.of(request, QuerySchema.TASK_CATEGORY);
        List<Condition> exact = Parameters.read(request, QuerySchema.TASK_CATEGORY, "category_id", "name");
        boolean includeDeleted = request.flag("include_deleted");
        List<Condition> ofDomain =
                TokensFirst.parameters(caller, Parameters.read(request, QuerySchema.TASK_CATEGORY, "domain_id"));
        request.end();
        consistency.await(caller, changes);
        return queries.list(
                categories,
                caller,
                query.and(exact).and(ofDomain).and(includeDeleted ? List.of() : List.of(NOT_DELETED)));
    }

    @PostMapping("/stat")
    StatAnswer stat(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.TASK_CATEGORY_READ);
        StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.TASK_CATEGORY);
        request.end();
        consistency.await(caller, changes);
        return queries.stat(categories, caller, query);
    }
}
