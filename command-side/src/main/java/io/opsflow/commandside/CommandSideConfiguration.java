package io.opsflow.commandside;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.commandside.catalog.TaskCategory;
import io.opsflow.commandside.catalog.TaskType;
import io.opsflow.commandside.eventstore.AggregateCache;
import io.opsflow.commandside.eventstore.AggregateRepository;
import io.opsflow.commandside.eventstore.DecisionCheck;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventStoreConfiguration;
import io.opsflow.commandside.relay.RelayConfiguration;
import io.opsflow.commandside.task.FileLinks;
import io.opsflow.commandside.task.Task;
import io.opsflow.commandside.taskref.TaskRefConfiguration;
import io.opsflow.web.trace.Traces;
import java.time.Clock;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/** All of the command side, for its own application and for standalone. */
@Configuration(proxyBeanMethods = false)
@ComponentScan({
    "io.opsflow.commandside.catalog",
    "io.opsflow.commandside.operation",
    "io.opsflow.commandside.rest",
    "io.opsflow.commandside.task"
})
@EnableConfigurationProperties(FileLinks.class)
@Import({EventStoreConfiguration.class, RelayConfiguration.class, TaskRefConfiguration.class})
@PropertySource("classpath:opsflow-command-side.properties")
public class CommandSideConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Commands run in the caller's thread and without a transaction: the append is one of its own. */
    @Bean
    CommandBus commandBus(org.axonframework.config.Configuration axon, DecisionCheck decisionCheck) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        bus.registerHandlerInterceptor(decisionCheck);
        return bus;
    }

    @Bean
    CommandTargetResolver commandTargetResolver() {
        return new CommandTargets();
    }

    /** Named as Axon looks for it, as are the other two. */
    @Bean
    AggregateRepository<Task> taskRepository(
            EventStore eventStore,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            AggregateCache cache) {
        return AggregateRepository.of(Task.class, eventStore, parameters, handlers, cache);
    }

    @Bean
    AggregateRepository<TaskCategory> taskCategoryRepository(
            EventStore eventStore,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            AggregateCache cache) {
        return AggregateRepository.of(TaskCategory.class, eventStore, parameters, handlers, cache);
    }

    @Bean
    AggregateRepository<TaskType> taskTypeRepository(
            EventStore eventStore,
            ParameterResolverFactory parameters,
            HandlerDefinition handlers,
            AggregateCache cache) {
        return AggregateRepository.of(TaskType.class, eventStore, parameters, handlers, cache);
    }

    /** Only a lost race is tried again: a refusal is final. */
    @Bean
    CommandGateway commandGateway(CommandBus commandBus, MeterRegistry meters, Traces traces) {
        return new MeasuredGateway(commandBus, new LostRaces(), meters, traces);
    }

    /** What an event inherits from its command. */
    @Bean
    CorrelationDataProvider correlationDataProvider() {
        return new SimpleCorrelationDataProvider(
                EventMetadata.ACTOR,
                EventMetadata.ACTOR_KIND,
                EventMetadata.REQUEST_ID,
                EventMetadata.CORRELATION_ID,
                EventMetadata.TRACEPARENT);
    }
}
