package io.opsflow.commandside.rest;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.json.Members;
import io.opsflow.api.task.TaskInfo;
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

    TaskController(Commands commands, TaskRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @PostMapping("/create")
    ResponseEntity<TaskInfo> create(@RequestBody Members request, Caller caller) {
        return answer(requests.create(request, allowed(caller)), caller);
    }

    @PostMapping("/update")
    ResponseEntity<TaskInfo> update(@RequestBody Members request, Caller caller) {
        allowed(caller);
        return answer(requests.update(request), caller);
    }

    @PostMapping("/change_status")
    ResponseEntity<TaskInfo> changeStatus(@RequestBody Members request, Caller caller) {
        allowed(caller);
        return answer(requests.changeStatus(request), caller);
    }

    @PostMapping("/delete")
    Nothing delete(@RequestBody Members request, Caller caller) {
        allowed(caller);
        commands.send(requests.delete(request), caller, Ids.Kind.TASK);
        return new Nothing();
    }

    private static Caller allowed(Caller caller) {
        caller.demand(Permission.TASK_WRITE);
        return caller;
    }

    private ResponseEntity<TaskInfo> answer(Object command, Caller caller) {
        Versioned<TaskInfo> answer = commands.send(command, caller, Ids.Kind.TASK);
        return Answers.of(answer);
    }
}
