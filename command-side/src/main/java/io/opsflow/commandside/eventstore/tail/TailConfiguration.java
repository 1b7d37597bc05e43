package io.opsflow.commandside.eventstore.tail;

import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.database.FollowersOfTheTail;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/** What Axon's streaming processors need: what they read, and where they keep how far they are. */
@Configuration(proxyBeanMethods = false)
public class TailConfiguration {

    /** Readers hear of what another process appends within this time, by 40 questions a second at most. */
    private static final Duration POLL_OTHER_NODES = Duration.ofMillis(25);

    /** Under load a batch of the relay costs a transaction for its position: docs/decisions/0013. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** A claim that its owner does not renew for this long is anybody's. */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

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
        return tokenStore(dataSource, serializer, CLAIM_TIMEOUT);
    }

    static TokenStore tokenStore(
            LazyConnectionDataSourceProxy dataSource, Serializer serializer, Duration claimTimeout) {
        JdbcTokenStore.Builder store = JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build())
                .serializer(serializer)
                // Axon's own is the process and the host, which containers may share.
                .nodeId(UUID.randomUUID().toString());
        return new PatientTokenStore(store, claimTimeout, dataSource);
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
}
