package io.opsflow.commandside.eventstore;

import io.opsflow.api.error.ApiException;
import java.util.concurrent.Callable;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Loads aggregates for commands and tells the {@link AppendCondition} which version each had. One that is {@link
 * CacheableAggregate cacheable} is kept in the {@link AggregateCache} while it is not in use: a command takes it out,
 * under Axon's lock on its id, and puts it back only when all it did is durable, or when it was refused and did nothing.
 * So nobody ever meets a state that was never stored.
 */
public final class AggregateRepository<T> extends EventSourcingRepository<T> {

    private final Class<T> type;
    private final EventStore eventStore;
    private final AggregateCache cache;
    private final boolean isCacheable;

    private AggregateRepository(Builder<T> builder, Class<T> type, EventStore eventStore, AggregateCache cache) {
        super(builder);
        this.type = type;
        this.eventStore = eventStore;
        this.cache = cache;
        this.isCacheable = CacheableAggregate.class.isAssignableFrom(type);
    }

    /** The repository of a kind of aggregate. */
    public static <T> AggregateRepository<T> of(
            Class<T> type,
            EventStore eventStore,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            AggregateCache cache) {
        Builder<T> builder = EventSourcingRepository.builder(type)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .handlerDefinition(handlers);
        return new AggregateRepository<>(builder, type, eventStore, cache);
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String aggregateId, @Nullable Long expectedVersion) {
        UnitOfWork<?> command = CurrentUnitOfWork.get();
        AppendCondition condition = AppendCondition.of(command);
        condition.target(aggregateId);
        AggregateCache.Cached<T> cached = isCacheable ? cache.take(aggregateId, type) : null;
        EventSourcedAggregate<T> aggregate;
        if (cached == null) {
            aggregate = super.doLoadWithLock(aggregateId, expectedVersion);
            condition.read(aggregateId, aggregate.version());
        } else {
            aggregate = EventSourcedAggregate.reconstruct(
                    cached.state(),
                    aggregateModel(),
                    cached.version(),
                    false,
                    eventStore,
                    NoSnapshotTriggerDefinition.TRIGGER);
            condition.readFromCache(aggregateId, cached.version());
        }
        keepAfter(command, aggregate);
        keepAfterARefusal(command, aggregate, aggregate.version());
        return aggregate;
    }

    @Override
    protected EventSourcedAggregate<T> doCreateNewForLock(Callable<T> factory) throws Exception {
        EventSourcedAggregate<T> aggregate = super.doCreateNewForLock(factory);
        keepAfter(CurrentUnitOfWork.get(), aggregate);
        return aggregate;
    }

    private void keepAfter(UnitOfWork<?> command, EventSourcedAggregate<T> aggregate) {
        command.afterCommit(done -> keep(command, aggregate));
    }

    private void keepAfterARefusal(UnitOfWork<?> command, EventSourcedAggregate<T> aggregate, Long loaded) {
        command.onRollback(undone -> {
            // Any other end of it may be that the state is an old one, as DecisionCheck has found.
            boolean isRefused = undone.getExecutionResult().isExceptionResult()
                    && undone.getExecutionResult().getExceptionResult() instanceof ApiException;
            if (isRefused && loaded.equals(aggregate.version())) {
                keep(command, aggregate);
            }
        });
    }

    private void keep(UnitOfWork<?> command, EventSourcedAggregate<T> aggregate) {
        if (!aggregate.isDeleted() && aggregate.getAggregateRoot() instanceof CacheableAggregate root) {
            cache.put(
                    aggregate.identifierAsString(),
                    new AggregateCache.Cached<>(root, aggregate.version(), root.size()),
                    AppendCondition.of(command).decisions());
        }
    }
}
