package io.opsflow.commandside;

import io.opsflow.commandside.catalog.TaskCategory;
import io.opsflow.commandside.catalog.TaskType;
import io.opsflow.commandside.eventstore.AggregateCache;
import io.opsflow.commandside.eventstore.AggregateRepository;
import io.opsflow.commandside.eventstore.EventStoreConfiguration;
import io.opsflow.commandside.eventstore.tail.TailConfiguration;
import io.opsflow.commandside.gateway.GatewayConfiguration;
import io.opsflow.commandside.relay.RelayConfiguration;
import io.opsflow.commandside.task.Task;
import io.opsflow.commandside.taskref.TaskRefConfiguration;
import io.opsflow.web.file.FileLinks;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
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
@Import({
    GatewayConfiguration.class,
    EventStoreConfiguration.class,
    TailConfiguration.class,
    RelayConfiguration.class,
    TaskRefConfiguration.class
})
@PropertySource("classpath:opsflow-command-side.properties")
public class CommandSideConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
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
}
