package io.opsflow.commandside.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.commandside.eventstore.DecisionCheck;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.web.trace.Traces;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way of a command, from whoever sends it to its aggregate. */
@Configuration(proxyBeanMethods = false)
public class GatewayConfiguration {

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
