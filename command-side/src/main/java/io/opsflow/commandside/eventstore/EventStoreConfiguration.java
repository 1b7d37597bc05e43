package io.opsflow.commandside.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.web.trace.Traces;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
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
@Import(EventStoreDatabaseConfiguration.class)
public class EventStoreConfiguration {

    /** Readers hear of what another node appends within this time, by 40 questions a second at most. */
    private static final Duration POLL_OTHER_NODES = Duration.ofMillis(25);

    /** Under load a batch of the relay costs a transaction for its position: docs/decisions/0013. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    StoreTrust storeTrust(@EventStoreDatabase JdbcTemplate jdbc) {
        return new StoreTrust(jdbc);
    }

    @Bean
    HeadMemory headMemory() {
        return new HeadMemory();
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
    AnsweredRequests answeredRequests(@EventStoreDatabase JdbcTemplate jdbc) {
        return new AnsweredRequests(JdbcClient.create(jdbc));
    }

    @Bean
    ForgetAnsweredRequests forgetAnsweredRequests(AnsweredRequests requests, EventStoreSettings settings) {
        return new ForgetAnsweredRequests(requests, settings.keysKept());
    }

    @Bean
    PostgresEventStorageEngine eventStorageEngine(
            Appender appender,
            AggregateCache cache,
            @EventStoreDatabase JdbcTemplate jdbc,
            AnsweredRequests answeredRequests,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            MeterRegistry meters,
            Traces traces) {
        return new PostgresEventStorageEngine(
                appender,
                cache,
                new EventReader(JdbcClient.create(jdbc)),
                answeredRequests,
                eventSerializer,
                meters,
                traces);
    }

    @Bean
    ChainVerification chainVerification(EventStoreSettings settings, @EventStoreDatabase JdbcTemplate jdbc) {
        return new ChainVerification(settings, jdbc);
    }

    @Bean
    DecisionCheck decisionCheck(PostgresEventStorageEngine engine) {
        return new DecisionCheck(engine);
    }

    @Bean
    EmbeddedEventStore eventStore(PostgresEventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** What processors read from; see there why it is not Axon's event store. */
    @Bean
    @Primary
    EventTail eventTail(PostgresEventStorageEngine engine) {
        return new EventTail(engine, POLL_OTHER_NODES, PAUSE);
    }

    /** For processors and their positions only: commands need no transaction around them. */
    @Bean
    TransactionManager axonTransactionManager(@FollowersOfTheTail PlatformTransactionManager transactionManager) {
        return new SpringTransactionManager(transactionManager);
    }

    @Bean
    TokenStore tokenStore(@FollowersOfTheTail LazyConnectionDataSourceProxy dataSource, Serializer serializer) {
        JdbcTokenStore.Builder store = JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build())
                .serializer(serializer)
                // Axon's own is the process and the host, which containers may share.
                .nodeId(UUID.randomUUID().toString())
                .claimTimeout(CLAIM_TIMEOUT);
        return new PatientTokenStore(store, dataSource);
    }

    @Bean
    @Primary
    Serializer serializer() {
        return new TokenSerializer();
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer(@Qualifier("serializer") Serializer serializer) {
        return serializer;
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
