package io.opsflow.commandside.rest;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.json.Members;
import io.opsflow.commandside.catalog.EarlierCatalog;
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
    private final EarlierCatalog past;

    TaskTypeController(Commands commands, TaskTypeRequests requests, EarlierCatalog past) {
        this.commands = commands;
        this.requests = requests;
        this.past = past;
    }

    @PostMapping("/create")
    ResponseEntity<TaskTypeInfo> create(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.create(body), headers.with(body, caller));
    }

    @PostMapping("/update")
    ResponseEntity<TaskTypeInfo> update(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.update(body), headers.with(body, caller));
    }

    @PostMapping("/update_fields")
    ResponseEntity<TaskTypeInfo> updateFields(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return answer(requests.updateFields(body), headers.with(body, caller));
    }

    @PostMapping("/delete")
    ResponseEntity<Nothing> delete(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_TYPE_WRITE);
        return Answers.ofWrite(commands.send(
                requests.delete(body),
                headers.with(body, caller),
                Ids.Kind.TASK_TYPE,
                answered -> new Versioned<>(Nothing.MORE, answered.aggregateId(), answered.version())));
    }

    private ResponseEntity<TaskTypeInfo> answer(Object command, Write write) {
        Commands.Again<TaskTypeInfo> again =
                answered -> past.type(answered.aggregateId(), answered.version(), write.caller());
        return Answers.ofWrite(commands.send(command, write, Ids.Kind.TASK_TYPE, again));
    }
}
