package io.opsflow.commandside.rest;

import io.opsflow.api.Nothing;
import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Permission;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.json.Members;
import io.opsflow.commandside.catalog.EarlierCatalog;
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
    private final EarlierCatalog past;

    TaskCategoryController(Commands commands, TaskCategoryRequests requests, EarlierCatalog past) {
        this.commands = commands;
        this.requests = requests;
        this.past = past;
    }

    @PostMapping("/create")
    ResponseEntity<TaskCategoryInfo> create(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        return answer(requests.create(body, caller), headers.with(body, caller));
    }

    @PostMapping("/update")
    ResponseEntity<TaskCategoryInfo> update(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        return answer(requests.update(body), headers.with(body, caller));
    }

    @PostMapping("/delete")
    ResponseEntity<Nothing> delete(@RequestBody Members body, Caller caller, WriteHeaders headers) {
        caller.demand(Permission.TASK_CATEGORY_WRITE);
        return Answers.ofWrite(commands.send(
                requests.delete(body),
                headers.with(body, caller),
                Ids.Kind.TASK_CATEGORY,
                answered -> new Versioned<>(Nothing.MORE, answered.aggregateId(), answered.version())));
    }

    private ResponseEntity<TaskCategoryInfo> answer(Object command, Write write) {
        Commands.Again<TaskCategoryInfo> again =
                answered -> past.category(answered.aggregateId(), answered.version(), write.caller());
        return Answers.ofWrite(commands.send(command, write, Ids.Kind.TASK_CATEGORY, again));
    }
}
