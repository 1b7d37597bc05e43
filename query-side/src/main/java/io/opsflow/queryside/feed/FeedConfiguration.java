package io.opsflow.queryside.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.queryside.projection.Projections;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The feed, on the read model's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, FeedSettings.class})
class FeedConfiguration {

    @Bean
    FeedStatus feedHealthIndicator(MeterRegistry meters) {
        return new FeedStatus(meters);
    }

    @Bean
    FeedTransactions feedTransactions(
            DataSource dataSource, PlatformTransactionManager transactionManager, Projections projections) {
        JdbcTemplate database = new JdbcTemplate(dataSource);
        return new FeedTransactions(
                new TransactionTemplate(transactionManager),
                new Offsets(JdbcClient.create(database)),
                new ParkedEvents(database),
                projections);
    }

    @Bean
    Feed feed(KafkaSettings kafka, FeedSettings settings, FeedTransactions readModel, FeedStatus status) {
        Consumers consumers = new Consumers(kafka, settings);
        return new Feed(() -> new FeedSession(consumers.create(), kafka.topic(), readModel, status), status);
    }
}
