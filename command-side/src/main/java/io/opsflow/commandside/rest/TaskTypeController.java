package io.opsflow.commandside.rest;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.json.Members;
import io.opsflow.web.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The writing verbs of task types. */
@RestController("taskTypeCommandController")
@RequestMapping({"/opsflow/v1/task-type", "/opsflow/task-type"})
class TaskTypeController {

    private final Commands commands;
    private final TaskTypeRequests requests;

    TaskTypeController(Commands commands, TaskTypeRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @PostMapping("/create")
    ResponseEntity<TaskTypeInfo> create(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.create(request), caller);
    }

    @PostMapping("/update")
    ResponseEntity<TaskTypeInfo> update(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.update(request), caller);
    }

    @PostMapping("/update_fields")
    ResponseEntity<TaskTypeInfo> updateFields(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.updateFields(request), caller);
    }

    @PostMapping("/delete")
    Nothing delete(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        commands.send(requests.delete(request), caller, Ids.Kind.TASK_TYPE);
        return new Nothing();
    }

    private ResponseEntity<TaskTypeInfo> answer(Object command, Caller caller) {
        Versioned<TaskTypeInfo> answer = commands.send(command, caller, Ids.Kind.TASK_TYPE);
        return Answers.of(answer);
    }
}
