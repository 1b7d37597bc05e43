package io.opsflow.commandside.eventstore.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The event store's own database: pool, transactions and schema. Nothing here is a default candidate, so another
 * database may stand beside it in the same context without either noticing.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStoreSettings.class)
public class EventStoreDatabaseConfiguration {

    @Bean(defaultCandidate = false)
    @EventStoreDatabase
    HikariDataSource eventStorePool(EventStoreSettings settings) {
        return EventStorePool.open(settings);
    }

    /** Takes a connection at the first statement, so that a transaction that waits for others holds none. */
    @Bean(defaultCandidate = false)
    @EventStoreDatabase
    public LazyConnectionDataSourceProxy eventStoreDataSource(@EventStoreDatabase HikariDataSource pool) {
        LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
        lazy.setTargetDataSource(pool);
        lazy.setDefaultAutoCommit(true);
        lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return lazy;
    }

    @Bean(defaultCandidate = false)
    @EventStoreDatabase
    public PlatformTransactionManager eventStoreTransactionManager(
            @EventStoreDatabase LazyConnectionDataSourceProxy dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean(defaultCandidate = false)
    @EventStoreDatabase
    public JdbcTemplate eventStoreJdbc(@EventStoreDatabase LazyConnectionDataSourceProxy dataSource) {
        return new JdbcTemplate(dataSource);
    }

    /** Of their own, so that their commits need not be those of the appends. */
    @Bean(defaultCandidate = false)
    @FollowersOfTheTail
    HikariDataSource followersPool(EventStoreSettings settings, @EventStoreDatabase HikariDataSource migrated) {
        return EventStorePool.ofFollowers(settings);
    }

    /** Spring Boot measures pools where one of them is the default, which none of these is. */
    @Bean
    MeterBinder eventStorePoolMeters(
            @EventStoreDatabase HikariDataSource pool, @FollowersOfTheTail HikariDataSource followers) {
        return meters -> Stream.of(pool, followers)
                .filter(each -> each.getMetricsTrackerFactory() == null)
                .forEach(each -> each.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters)));
    }

    @Bean(defaultCandidate = false)
    @FollowersOfTheTail
    LazyConnectionDataSourceProxy followersDataSource(@FollowersOfTheTail HikariDataSource pool) {
        return eventStoreDataSource(pool);
    }

    @Bean(defaultCandidate = false)
    @FollowersOfTheTail
    PlatformTransactionManager followersTransactionManager(
            @FollowersOfTheTail LazyConnectionDataSourceProxy dataSource) {
        return eventStoreTransactionManager(dataSource);
    }
}
