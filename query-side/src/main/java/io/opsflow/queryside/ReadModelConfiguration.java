package io.opsflow.queryside;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opsflow.queryside.feed.FeedConfiguration;
import io.opsflow.queryside.feed.FeedSettings;
import io.opsflow.queryside.generation.GenerationMeters;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.queryside.query.QueryConfiguration;
import io.opsflow.queryside.query.QuerySettings;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.PropertySource;

/**
 * The read model's database. In whatever application this is, its DataSource, transaction manager, EntityManager and
 * DSLContext are the ones that are meant where nothing else is said.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadModelSettings.class)
@EntityScan(basePackageClasses = ReadModelConfiguration.class)
@PropertySource("classpath:opsflow-query-side.properties")
class ReadModelConfiguration {

    @Bean
    Layout readModelLayout() {
        return Layout.current();
    }

    @Bean
    ReadModelConnections readModelConnections(ReadModelSettings settings) {
        return new ReadModelConnections(settings);
    }

    @Bean
    LayoutClaim layoutClaim(ReadModelConnections connections, Layout layout) throws SQLException {
        return new LayoutClaim(connections, layout);
    }

    @Bean
    Generations generations(ReadModelConnections connections, Layout layout, LayoutClaim claim) throws SQLException {
        return new Generations(connections, layout, claim);
    }

    @Bean
    @Primary
    HikariDataSource readModelDataSource(
            ReadModelConnections connections, ReadModelSettings settings, Layout layout, Generations prepared) {
        return connections.pool("read-model", layout.schema(), settings.poolSize(), "");
    }

    /** For the feed alone: however many reads there are, it goes on. */
    @Bean(defaultCandidate = false)
    @Qualifier(FeedConfiguration.CONNECTIONS)
    HikariDataSource feedDataSource(
            ReadModelConnections connections, FeedSettings feed, Layout layout, Generations prepared) {
        return connections.poolOfWriters(
                "feed", layout.schema(), feed.connections(), FeedConfiguration.CONNECTION_OPTIONS);
    }

    /** For queries alone: however many of them run into their time limit, reads by id go on. */
    @Bean(defaultCandidate = false)
    @Qualifier(QueryConfiguration.CONNECTIONS)
    HikariDataSource queryDataSource(
            ReadModelConnections connections, QuerySettings queries, Layout layout, Generations prepared) {
        return connections.pool("queries", layout.schema(), queries.poolSize(), queries.connectionOptions());
    }

    /** Spring Boot measures the pool that is the default, and these are not. */
    @Bean
    MeterBinder poolMeters(
            @Qualifier(FeedConfiguration.CONNECTIONS) HikariDataSource feed,
            @Qualifier(QueryConfiguration.CONNECTIONS) HikariDataSource queries) {
        return meters -> Stream.of(feed, queries)
                .filter(pool -> pool.getMetricsTrackerFactory() == null)
                .forEach(pool -> pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters)));
    }

    @Bean
    MeterBinder generationMeters(Generations generations) {
        return new GenerationMeters(generations);
    }

    @Bean
    ReadModelHealth readModelHealthIndicator(DataSource dataSource, Generations generations) {
        return new ReadModelHealth(dataSource, generations);
    }
}
