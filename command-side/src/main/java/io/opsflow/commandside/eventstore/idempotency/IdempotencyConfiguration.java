package io.opsflow.commandside.eventstore.idempotency;

import io.opsflow.commandside.eventstore.database.EventStoreDatabase;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps answers for as long as the settings say. */
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {

    @Bean
    AnsweredRequests answeredRequests(@EventStoreDatabase JdbcTemplate jdbc) {
        return new AnsweredRequests(JdbcClient.create(jdbc));
    }

    @Bean
    ForgetAnsweredRequests forgetAnsweredRequests(AnsweredRequests requests, EventStoreSettings settings) {
        return new ForgetAnsweredRequests(requests, settings.keysKept());
    }
}
