package io.opsflow.commandside.taskref;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.event.EventTypes;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.database.EventStoreDatabase;
import io.opsflow.commandside.eventstore.database.FollowersOfTheTail;
import io.opsflow.commandside.eventstore.tail.EventTail;
import io.opsflow.commandside.eventstore.tail.Standstill;
import io.opsflow.commandside.eventstore.tail.StoredPosition;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Two streaming processors with one segment each, so that over all processes each runs once. */
@Configuration(proxyBeanMethods = false)
public class TaskRefConfiguration {

    private static final String STATUSES_CHANGED =
            EventTypes.of(TaskCategoryStatusesChanged.class).name();

    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** The store gives a claim up after ten seconds. */
    private static final long EXTEND_CLAIM_MILLIS = 2_000;

    @Bean
    StoredTaskRefs taskRefs(
            @FollowersOfTheTail LazyConnectionDataSourceProxy dataSource,
            @FollowersOfTheTail PlatformTransactionManager transactionManager) {
        TransactionTemplate newTransaction = new TransactionTemplate(transactionManager);
        newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new StoredTaskRefs(new TaskRefTable(JdbcClient.create(dataSource)), newTransaction);
    }

    @Bean
    FollowTasks followTasks(StoredTaskRefs taskRefs) {
        return new FollowTasks(taskRefs);
    }

    @Bean
    StatusMoves statusMoves(StoredTaskRefs taskRefs, CommandGateway commands, @EventStoreDatabase JdbcTemplate jdbc) {
        StoredPosition position = new StoredPosition(jdbc, StatusMoves.PROCESSOR);
        return new StatusMoves(taskRefs, commands, new Standstill(position));
    }

    /** A tail of their own: nobody waits for these processors, and large batches cost less. */
    @Bean
    EventTail calmTail(PostgresEventStorageEngine engine) {
        return new EventTail(engine, PAUSE, PAUSE);
    }

    @Bean
    ConfigurerModule taskRefProcessors(@Qualifier("calmTail") EventTail tail) {
        return configurer -> {
            // Any event will do to wake it, and one for many will do.
            register(configurer.eventProcessing(), FollowTasks.PROCESSOR, tail.only());
            register(configurer.eventProcessing(), StatusMoves.PROCESSOR, tail.only(STATUSES_CHANGED));
        };
    }

    @Bean
    ProcessorHealth taskRefsHealthIndicator(EventProcessingConfiguration processors) {
        return new ProcessorHealth(processors, FollowTasks.PROCESSOR, () -> null);
    }

    @Bean
    ProcessorHealth statusMovesHealthIndicator(EventProcessingConfiguration processors, StatusMoves statusMoves) {
        return new ProcessorHealth(processors, StatusMoves.PROCESSOR, statusMoves::problem);
    }

    @Bean
    MeterBinder statusMovesMeters(StatusMoves statusMoves) {
        return meters -> Gauge.builder(
                        "opsflow.statusmoves.stopped", statusMoves, moves -> moves.problem() == null ? 0 : 1)
                .description("whether tasks are stuck on this process in a status that was removed")
                .register(meters);
    }

    private static void register(
            EventProcessingConfigurer processors, String name, StreamableMessageSource<TrackedEventMessage<?>> tail) {
        processors
                // Axon would log a failure and go on with the next event.
                .registerListenerInvocationErrorHandler(name, axon -> PropagatingErrorHandler.instance())
                .registerErrorHandler(name, axon -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(
                        name,
                        axon -> tail,
                        (axon, processor) -> processor
                                .initialToken(StreamableMessageSource::createTailToken)
                                .initialSegmentCount(1)
                                .batchSize(BATCH)
                                // A batch may take as long as many tasks take to move; the claim must outlive it.
                                .enableCoordinatorClaimExtension()
                                .claimExtensionThreshold(EXTEND_CLAIM_MILLIS));
    }
}
