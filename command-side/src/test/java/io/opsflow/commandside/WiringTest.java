package io.opsflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.commandside.eventstore.EventSerializer;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.tail.EventTail;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.UpdateChecker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Axon's order of auto-configuration still names Boot 3: what slipped in would show here. */
class WiringTest {

    private static final String RELAY = "relay:opsflow.events";

    private static EmbeddedDatabase server;
    private static EmbeddedBroker broker;
    private static String url;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        server = EmbeddedDatabase.temporary();
        broker = EmbeddedBroker.temporary();
        url = CommandSide.emptyDatabase(server);
        context = CommandSide.start(server, url, broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        context.close();
        broker.close();
        server.close();
    }

    @Test
    void theStorageIsOursAndThePositionsLieBesideIt() {
        assertThat(context.getBean(EventStorageEngine.class)).isInstanceOf(PostgresEventStorageEngine.class);
        assertThat(context.getBean(EventBus.class)).isInstanceOf(EmbeddedEventStore.class);
        assertThat(context.getBean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
        assertThat(context.getBean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
        org.axonframework.config.Configuration axon = context.getBean(org.axonframework.config.Configuration.class);
        assertThat(axon.getComponent(EventStorageEngine.class)).isInstanceOf(PostgresEventStorageEngine.class);
        assertThat(axon.eventProcessingConfiguration().tokenStore(RELAY)).isInstanceOf(JdbcTokenStore.class);
        assertThat(axon.eventProcessingConfiguration().transactionManager(RELAY))
                .isInstanceOf(SpringTransactionManager.class);
    }

    @Test
    void commandsRunInTheCallersThread() {
        assertThat(context.getBean(CommandBus.class)).isExactlyInstanceOf(SimpleCommandBus.class);
    }

    @Test
    void everyProcessorIsAPooledOneThatStopsAtAFailure() {
        EventProcessingConfiguration processors = context.getBean(EventProcessingConfiguration.class);
        assertThat(processors.eventProcessors()).containsOnlyKeys(RELAY, "status-moves", "task-refs");
        assertThat(processors.eventProcessors().keySet()).allSatisfy(name -> {
            assertThat(processors.eventProcessor(name, PooledStreamingEventProcessor.class))
                    .isPresent();
            ListenerInvocationErrorHandler onFailure = processors.listenerInvocationErrorHandler(name);
            assertThat(onFailure).isInstanceOf(PropagatingErrorHandler.class);
        });
        StreamableMessageSource<?> source = context.getBean(StreamableMessageSource.class);
        assertThat(source).isInstanceOf(EventTail.class);
    }

    @Test
    void bothPoolsAreMeasured() {
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        assertThat(meters.get("hikaricp.connections.active").gauges())
                .extracting(gauge -> gauge.getId().getTag("pool"))
                .containsExactlyInAnyOrder("event-store", "event-store-followers");
    }

    @Test
    void nothingSerializesWithXStreamAndNothingCallsHome() {
        assertThat(context.getBean("eventSerializer")).isInstanceOf(EventSerializer.class);
        assertThat(context.getBeansOfType(Serializer.class).values())
                .extracting(Object::getClass)
                .extracting(Class::getName)
                .noneMatch(name -> name.contains("XStream"));
        assertThat(context.getBeansOfType(UpdateChecker.class)).isEmpty();
    }

    @Test
    void readinessKnowsTheEventStoreAndNoProcessor() {
        HealthEndpointGroup readiness =
                context.getBean(HealthEndpointGroups.class).get("readiness");
        assertThat(readiness.isMember("eventStore")).isTrue();
        assertThat(readiness.isMember("relay")).isFalse();
        assertThat(readiness.isMember("taskRefs")).isFalse();
        assertThat(readiness.isMember("statusMoves")).isFalse();
    }

    @Test
    void theDatabaseIsNobodysDefault() {
        assertThatThrownBy(() -> context.getBean(DataSource.class)).isInstanceOf(NoSuchBeanDefinitionException.class);
    }

    @Test
    void anotherDatabaseMayBeTheDefaultInTheSameContext() {
        ConfigurableApplicationContext both = CommandSide.start(
                server,
                CommandSide.emptyDatabase(server),
                broker.bootstrapServers(),
                "opsflow.kafka.topic=another",
                "spring.main.sources=" + OtherSide.class.getName(),
                "other.url=" + CommandSide.emptyDatabase(server),
                "other.user=" + server.user(),
                "other.password=" + server.password());
        try (both) {
            assertThat(both.getBean(DataSource.class)).isSameAs(both.getBean("otherDataSource"));
            assertThat(both.getBean(EventStorageEngine.class)).isInstanceOf(PostgresEventStorageEngine.class);
            assertThat(both.getBean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
            both.getBean(TokenStore.class).fetchSegments(RELAY);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherSide {
        @Bean
        HikariDataSource otherDataSource(org.springframework.core.env.Environment environment) {
            HikariDataSource other = new HikariDataSource();
            other.setJdbcUrl(environment.getProperty("other.url"));
            other.setUsername(environment.getProperty("other.user"));
            other.setPassword(environment.getProperty("other.password"));
            return other;
        }
    }
}
