package io.opsflow.queryside;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.queryside.query.QueryConfiguration;
import io.opsflow.queryside.query.QuerySettings;
import io.opsflow.web.setting.WrongSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
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

    private static final String SCHEMA = "read_model";

    // Extensions stand in public. No statement names a schema: a rebuild exchanges it under the running service.
    private static final String SEARCH_PATH = "-c search_path=" + SCHEMA + ",public";

    @Bean
    @Primary
    HikariDataSource readModelDataSource(ReadModelSettings settings, Flyway migrated) {
        HikariDataSource dataSource = pool(settings, SEARCH_PATH);
        dataSource.setPoolName("read-model");
        dataSource.setMaximumPoolSize(settings.poolSize());
        return dataSource;
    }

    /** For queries alone: however many of them run into their time limit, the feed and reads by id go on. */
    @Bean(defaultCandidate = false)
    @Qualifier(QueryConfiguration.CONNECTIONS)
    HikariDataSource queryDataSource(ReadModelSettings settings, QuerySettings queries, Flyway migrated) {
        HikariDataSource dataSource = pool(settings, SEARCH_PATH + " " + queries.connectionOptions());
        dataSource.setPoolName("queries");
        dataSource.setMaximumPoolSize(queries.poolSize());
        return dataSource;
    }

    /** On connections of its own, as a migration may take longer than any statement of the service. */
    @Bean(initMethod = "migrate")
    Flyway readModelFlyway(ReadModelSettings settings) {
        PGSimpleDataSource dataSource = unpooled(settings);
        requireAnswer(dataSource);
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .locations("classpath:db/readmodel")
                .load();
    }

    @Bean
    DataSourceHealthIndicator readModelHealthIndicator(DataSource dataSource) {
        return new DataSourceHealthIndicator(dataSource);
    }

    private static HikariDataSource pool(ReadModelSettings settings, String options) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(settings.url());
        dataSource.setUsername(settings.user());
        dataSource.setPassword(settings.password());
        dataSource.setConnectionTimeout(TimeUnit.SECONDS.toMillis(2));
        dataSource.addDataSourceProperty("options", options);
        dataSource.addDataSourceProperty("reWriteBatchedInserts", "true");
        dataSource.addDataSourceProperty("tcpKeepAlive", "true");
        // Its errors would repeat the values of a statement: the log holds no content of tasks.
        dataSource.addDataSourceProperty("logServerErrorDetail", "false");
        dataSource.addDataSourceProperty("connectTimeout", "2");
        dataSource.addDataSourceProperty("socketTimeout", "30");
        return dataSource;
    }

    private static PGSimpleDataSource unpooled(ReadModelSettings settings) {
        if (settings.url() == null || settings.url().isBlank()) {
            throw new WrongSetting(
                    "OPSFLOW_READ_MODEL_URL is not set: it is the JDBC URL of the read model's database.");
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        try {
            dataSource.setUrl(settings.url());
        } catch (IllegalArgumentException e) {
            // Its message repeats the URL, and that may hold a password.
            throw new WrongSetting(
                    "OPSFLOW_READ_MODEL_URL is no JDBC URL of PostgreSQL: jdbc:postgresql://host/database.");
        }
        if (settings.user() != null) {
            dataSource.setUser(settings.user());
        }
        if (settings.password() != null) {
            dataSource.setPassword(settings.password());
        }
        dataSource.setOptions(SEARCH_PATH);
        dataSource.setConnectTimeout(2);
        return dataSource;
    }

    private static void requireAnswer(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.isValid(2);
        } catch (SQLException e) {
            throw new WrongSetting(
                    "The database that OPSFLOW_READ_MODEL_URL names cannot be used: %s".formatted(e.getMessage()));
        }
    }
}
