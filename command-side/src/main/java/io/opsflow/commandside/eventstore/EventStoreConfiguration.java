package io.opsflow.commandside.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.commandside.eventstore.database.EventStoreDatabase;
import io.opsflow.commandside.eventstore.database.EventStoreDatabaseConfiguration;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequests;
import io.opsflow.commandside.eventstore.idempotency.IdempotencyConfiguration;
import io.opsflow.web.trace.Traces;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Axon on the event store's database. Axon's own auto-configuration of storage is switched off by {@link
 * AxonAutoConfigurations}: what stands here is all there is.
 */
@Configuration(proxyBeanMethods = false)
@Import({EventStoreDatabaseConfiguration.class, IdempotencyConfiguration.class})
public class EventStoreConfiguration {

    @Bean
    StoreTrust storeTrust(@EventStoreDatabase JdbcTemplate jdbc) {
        return new StoreTrust(jdbc);
    }

    @Bean
    HeadMemory headMemory(AggregateCache cache) {
        return new HeadMemory(cache);
    }

    @Bean
    Appender appender(
            @EventStoreDatabase JdbcTemplate jdbc,
            @EventStoreDatabase PlatformTransactionManager transactionManager,
            HeadMemory memory,
            MeterRegistry meters) {
        TransactionTemplate newTransaction = new TransactionTemplate(transactionManager);
        newTransaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return new Appender(jdbc, newTransaction, memory, meters);
    }

    @Bean
    AggregateCache aggregateCache(EventStoreSettings settings) {
        return new AggregateCache(settings.cacheSize());
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            Appender appender,
            AggregateCache cache,
            HeadMemory memory,
            StoreTrust trust,
            @EventStoreDatabase JdbcTemplate jdbc,
            AnsweredRequests answeredRequests,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            MeterRegistry meters,
            Traces traces) {
        return new PostgresEventStorageEngine(
                appender,
                cache,
                () -> memory.look(trust),
                new EventReader(JdbcClient.create(jdbc)),
                answeredRequests,
                eventSerializer,
                meters,
                traces);
    }

    @Bean
    ChainVerification chainVerification(
            EventStoreSettings settings, @EventStoreDatabase JdbcTemplate jdbc, Clock clock) {
        return new ChainVerification(settings, jdbc, clock);
    }

    @Bean
    DecisionCheck decisionCheck(PostgresEventStorageEngine engine) {
        return new DecisionCheck(engine);
    }

    @Bean
    EmbeddedEventStore eventStore(PostgresEventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return new EventSerializer();
    }

    /** Named eventStore in the health: readiness knows this database and nothing else. */
    @Bean
    EventStoreHealth eventStoreHealthIndicator(
            @EventStoreDatabase LazyConnectionDataSourceProxy dataSource, StoreTrust trust, Appender appender) {
        return new EventStoreHealth(dataSource, trust, appender);
    }
}
