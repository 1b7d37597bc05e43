package io.opsflow.commandside.catalog;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.error.ApiException;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Categories and types as they were: makes an answer again that was given before. */
@Component
public class EarlierCatalog {

    private final EventStore eventStore;

    EarlierCatalog(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    /** @throws ApiException ERROR_NOT_FOUND where the caller may not see it */
    public Versioned<TaskCategoryInfo> category(String categoryId, long version, Caller caller) {
        TaskCategory category = new TaskCategory();
        replay(categoryId, version, event -> category.evolve((TaskCategoryEvent) event));
        TaskCategoryInfo info = category.info();
        if (!caller.seesDomain(info.domainId())) {
            throw ApiException.notFound("category_id", categoryId);
        }
        return new Versioned<>(info, categoryId, version);
    }

    /** @throws ApiException ERROR_NOT_FOUND where the caller may not see it */
    public Versioned<TaskTypeInfo> type(String taskTypeId, long version, Caller caller) {
        TaskType type = new TaskType();
        replay(taskTypeId, version, event -> type.evolve((TaskTypeEvent) event));
        TaskTypeInfo info = type.info();
        if (!caller.seesDomain(info.domainId())) {
            throw ApiException.notFound("task_type_id", taskTypeId);
        }
        return new Versioned<>(info, taskTypeId, version);
    }

    private void replay(String id, long version, Consumer<Object> evolve) {
        eventStore
                .readEvents(id)
                .asStream()
                .takeWhile(event -> event.getSequenceNumber() <= version)
                .map(DomainEventMessage::getPayload)
                .forEach(evolve);
    }
}
