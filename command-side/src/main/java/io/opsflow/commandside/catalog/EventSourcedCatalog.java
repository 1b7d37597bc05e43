package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.json.Json;
import io.opsflow.commandside.eventstore.AggregateCache;
import io.opsflow.commandside.eventstore.AppendCondition;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/**
 * The catalog as its events tell it, by way of a cache. Whether that is up to date is for the {@link AppendCondition}
 * to say, so no process ever decides by an old one.
 */
@Component
class EventSourcedCatalog implements Catalog {

    private final EventStore eventStore;
    private final AggregateCache cache;

    EventSourcedCatalog(EventStore eventStore, AggregateCache cache) {
        this.eventStore = eventStore;
        this.cache = cache;
    }

    @Override
    public Optional<Type> type(String taskTypeId) {
        TaskType type = new TaskType();
        return look(taskTypeId, Type.class, TaskTypeEvent.class, type::evolve, type::view);
    }

    @Override
    public Optional<Category> category(String categoryId) {
        TaskCategory category = new TaskCategory();
        return look(categoryId, Category.class, TaskCategoryEvent.class, category::evolve, category::view);
    }

    private <V, E extends DomainEvent> Optional<V> look(
            String id, Class<V> view, Class<E> kind, Consumer<E> evolve, Supplier<V> result) {
        AppendCondition condition = AppendCondition.of(CurrentUnitOfWork.get());
        AggregateCache.Cached<V> cached = cache.get(id, view);
        if (cached != null) {
            condition.readFromCache(id, cached.version());
            return Optional.of(cached.state());
        }
        long version = AppendCondition.ABSENT;
        boolean found = false;
        DomainEventStream events = eventStore.readEvents(id);
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            if (kind.isInstance(event.getPayload())) {
                evolve.accept(kind.cast(event.getPayload()));
                found = true;
            }
            version = event.getSequenceNumber();
        }
        condition.read(id, version);
        if (!found) {
            return Optional.empty();
        }
        V seen = result.get();
        cache.put(
                id,
                new AggregateCache.Cached<>(seen, version, 2 * Json.write(seen).length()),
                condition.decisions());
        return Optional.of(seen);
    }
}
