package io.opsflow.queryside.rest;

import io.opsflow.api.audit.EventInfo;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Parameters;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.queryside.consistency.Consistency;
import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping({"/opsflow/v1/event", "/opsflow/event"})
class EventQueryController {

    private final QueryEngine queries;
    private final Resource<EventInfo> events;
    private final Consistency consistency;

    EventQueryController(QueryEngine queries, Resource<EventInfo> events, Consistency consistency) {
        this.queries = queries;
        this.events = events;
        this.consistency = consistency;
    }

    @PostMapping("/list")
    ListAnswer<EventInfo> list(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.EVENT_READ);
        Query query = Query.of(request, QuerySchema.EVENT);
        Query exact = query.and(TokensFirst.parameters(
                caller,
                Parameters.read(
                        request,
                        QuerySchema.EVENT,
                        "task_id",
                        "event_type",
                        "created_type",
                        "event_id",
                        "created_by",
                        "workspace_id",
                        "project_id")));
        request.end();
        consistency.await(caller, changes);
        return queries.list(events, caller, exact);
    }

    @PostMapping("/stat")
    StatAnswer stat(@RequestBody Members request, Caller caller, ConsistentWith changes) {
        caller.demand(Permission.EVENT_READ);
        StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.EVENT);
        request.end();
        consistency.await(caller, changes);
        return queries.stat(events, caller, query);
    }
}
