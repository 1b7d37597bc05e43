package io.opsflow.commandside.task;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.web.file.FileLinks;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Tasks as they were: makes an answer again that was given before. */
@Component
public class EarlierTasks {

    private final EventStore eventStore;
    private final FileLinks links;

    EarlierTasks(EventStore eventStore, FileLinks links) {
        this.eventStore = eventStore;
        this.links = links;
    }

    /** @throws ApiException ERROR_NOT_FOUND where the caller could not have seen it then */
    public Versioned<TaskInfo> at(String taskId, long version, Caller caller) {
        TaskState state = new TaskState();
        eventStore
                .readEvents(taskId)
                .asStream()
                .takeWhile(event -> event.getSequenceNumber() <= version)
                .map(DomainEventMessage::getPayload)
                .map(TaskEvent.class::cast)
                .forEach(state::evolve);
        if (!caller.sees(state.domainId, state.workspaceId, state.projectId)) {
            throw ApiException.notFound("task_id", taskId);
        }
        return new Versioned<>(state.info(links), taskId, version);
    }
}
