package io.opsflow.commandside.rest;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.json.Members;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.commandside.task.EarlierTasks;
import io.opsflow.web.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The writing verbs of tasks. */
@RestController("taskCommandController")
@RequestMapping({"/opsflow/v1/task", "/opsflow/task"})
class TaskController {

    private final Commands commands;
    private final TaskRequests requests;
    private final EarlierTasks tasks;

    TaskController(Commands commands, TaskRequests requests, EarlierTasks tasks) {
        this.commands = commands;
        this.requests = requests;
        this.tasks = tasks;
    }

    @PostMapping("/create")
    ResponseEntity<TaskInfo> create(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        return answer(requests.create(body, allowed(caller)), headers.with(body, caller));
    }

    @PostMapping("/update")
    ResponseEntity<TaskInfo> update(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        allowed(caller);
        return answer(requests.update(body), headers.with(body, caller));
    }

    @PostMapping("/change_status")
    ResponseEntity<TaskInfo> changeStatus(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        allowed(caller);
        return answer(requests.changeStatus(body), headers.with(body, caller));
    }

    @PostMapping("/delete")
    ResponseEntity<Nothing> delete(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        allowed(caller);
        Commands.Again<Nothing> again = answered -> {
            Versioned<TaskInfo> deleted = tasks.at(answered.aggregateId(), answered.version(), caller);
            return new Versioned<>(Nothing.MORE, deleted.id(), deleted.version());
        };
        return Answers.ofWrite(commands.send(requests.delete(body), headers.with(body, caller), Ids.Kind.TASK, again));
    }

    private static Caller allowed(Caller caller) {
        caller.demand(Permission.TASK_WRITE);
        return caller;
    }

    private ResponseEntity<TaskInfo> answer(Object command, Write write) {
        Commands.Again<TaskInfo> again =
                answered -> tasks.at(answered.aggregateId(), answered.version(), write.caller());
        return Answers.ofWrite(commands.send(command, write, Ids.Kind.TASK, again));
    }
}
