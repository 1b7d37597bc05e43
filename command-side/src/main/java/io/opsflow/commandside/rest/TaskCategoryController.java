package io.opsflow.commandside.rest;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.json.Members;
import io.opsflow.web.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The writing verbs of task categories. */
@RestController("taskCategoryCommandController")
@RequestMapping({"/opsflow/v1/task-category", "/opsflow/task-category"})
class TaskCategoryController {

    private final Commands commands;
    private final TaskCategoryRequests requests;

    TaskCategoryController(Commands commands, TaskCategoryRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @PostMapping("/create")
    ResponseEntity<TaskCategoryInfo> create(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        return answer(requests.create(request, caller), caller);
    }

    @PostMapping("/update")
    ResponseEntity<TaskCategoryInfo> update(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        return answer(requests.update(request), caller);
    }

    @PostMapping("/delete")
    Nothing delete(@RequestBody Members request, Caller caller) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        commands.send(requests.delete(request), caller, Ids.Kind.TASK_CATEGORY);
        return new Nothing();
    }

    private ResponseEntity<TaskCategoryInfo> answer(Object command, Caller caller) {
        Versioned<TaskCategoryInfo> answer = commands.send(command, caller, Ids.Kind.TASK_CATEGORY);
        return Answers.of(answer);
    }
}
