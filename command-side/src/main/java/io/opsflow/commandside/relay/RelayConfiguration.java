package io.opsflow.commandside.relay;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.opsflow.commandside.eventstore.HeadMemory;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.eventstore.database.EventStoreDatabase;
import io.opsflow.commandside.eventstore.tail.EventTail;
import io.opsflow.commandside.eventstore.tail.Standstill;
import io.opsflow.commandside.eventstore.tail.StoredPosition;
import io.opsflow.web.trace.Traces;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** One streaming processor with one segment, so one relay is active over all processes: whoever holds the token. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelaySettings.class)
public class RelayConfiguration {

    private static final int BATCH = 500;

    /** The store gives a claim up after ten seconds. */
    private static final long EXTEND_CLAIM_MILLIS = 2_000;

    /** How often a process that waits for its turn looks whether there is nobody any more. */
    private static final long TRY_TO_CLAIM_MILLIS = 1_000;

    @Bean(destroyMethod = "close")
    TopicVerdict topicVerdict() {
        return new TopicVerdict();
    }

    @Bean
    TopicGuard topicGuard(
            RelaySettings settings,
            @EventStoreDatabase JdbcTemplate jdbc,
            RelayProgress progress,
            StoreTrust store,
            HeadMemory memory,
            RelaySwitch relay,
            TopicVerdict verdict) {
        RelayTopics topics = new RelayTopics(jdbc);
        return new TopicGuard(
                settings, new TopicCheck(settings, topics, progress, store), topics, store, memory, relay, verdict);
    }

    @Bean
    RelaySwitch relaySwitch(
            ObjectProvider<EventProcessingConfiguration> processors,
            RelaySettings settings,
            RelayProducer producer,
            StoredPosition relayPosition) {
        return new RelaySwitch(
                () -> processors
                        .getObject()
                        .eventProcessor(settings.processor(), StreamingEventProcessor.class)
                        .orElseThrow(),
                producer,
                new Standstill(relayPosition));
    }

    @Bean(destroyMethod = "close")
    RelayProducer relayProducer(RelaySettings settings) {
        return new RelayProducer(settings.brokers());
    }

    @Bean
    Relay relay(
            TopicVerdict topic,
            RelaySwitch relay,
            RelayProducer producer,
            RelaySettings settings,
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Traces traces) {
        return new Relay(topic, relay, producer, new EventRecords(settings.topic(), eventSerializer), traces);
    }

    @Bean(destroyMethod = "close")
    RelayThreads relayThreads() {
        return new RelayThreads();
    }

    @Bean
    ConfigurerModule relayProcessor(
            EventTail tail, ObjectProvider<Relay> relay, RelaySettings settings, RelayThreads threads) {
        return configurer -> configurer
                .eventProcessing()
                // Axon would log a failure and go on with the next event.
                .registerDefaultListenerInvocationErrorHandler(axon -> PropagatingErrorHandler.instance())
                .registerDefaultErrorHandler(axon -> PropagatingErrorHandler.instance())
                .assignProcessingGroup(Relay.GROUP, settings.processor())
                .registerPooledStreamingEventProcessor(
                        settings.processor(),
                        axon -> tail.slowedBy(() -> relay.getObject().done()),
                        (axon, processor) -> processor
                                .initialToken(StreamableMessageSource::createTailToken)
                                .initialSegmentCount(1)
                                .tokenClaimInterval(TRY_TO_CLAIM_MILLIS)
                                .batchSize(BATCH)
                                .coordinatorExecutor(threads.reader())
                                .workerExecutor(threads.sender())
                                // A batch may wait for the broker for days; the claim must outlive it.
                                .enableCoordinatorClaimExtension()
                                .claimExtensionThreshold(EXTEND_CLAIM_MILLIS));
    }

    @Bean
    RelayProgress relayProgress(
            @EventStoreDatabase JdbcTemplate jdbc, PostgresEventStorageEngine store, StoredPosition relayPosition) {
        return new RelayProgress(jdbc, store, relayPosition);
    }

    @Bean
    StoredPosition relayPosition(@EventStoreDatabase JdbcTemplate jdbc, RelaySettings settings) {
        return new StoredPosition(jdbc, settings.processor());
    }

    @Bean
    RelayHealth relayHealthIndicator(Relay relay, TopicVerdict topic, RelayProgress progress) {
        return new RelayHealth(relay, topic, progress);
    }

    @Bean
    MeterBinder relayMeters(Relay relay, TopicVerdict topic, RelayProgress progress) {
        return new RelayMeters(relay, topic, progress);
    }
}
