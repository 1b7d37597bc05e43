package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.commandside.eventstore.AppendCondition;
import java.util.Optional;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/** The catalog as its events tell it, read from the store at every look: no node ever decides by an old one. */
@Component
class EventSourcedCatalog implements Catalog {

    private final EventStore eventStore;

    EventSourcedCatalog(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    @Override
    public Optional<Type> type(String taskTypeId) {
        TaskType type = new TaskType();
        return replay(taskTypeId, TaskTypeEvent.class, type::evolve) ? Optional.of(type.view()) : Optional.empty();
    }

    @Override
    public Optional<Category> category(String categoryId) {
        TaskCategory category = new TaskCategory();
        return replay(categoryId, TaskCategoryEvent.class, category::evolve)
                ? Optional.of(category.view())
                : Optional.empty();
    }

    /** Whether there is an aggregate of this id and kind. */
    private <E extends DomainEvent> boolean replay(String id, Class<E> kind, Consumer<E> evolve) {
        DomainEventStream events = eventStore.readEvents(id);
        boolean found = false;
        long version = AppendCondition.ABSENT;
        while (events.hasNext()) {
            var event = events.next();
            if (kind.isInstance(event.getPayload())) {
                evolve.accept(kind.cast(event.getPayload()));
                found = true;
            }
            version = event.getSequenceNumber();
        }
        AppendCondition.of(CurrentUnitOfWork.get()).read(id, version);
        return found;
    }
}
