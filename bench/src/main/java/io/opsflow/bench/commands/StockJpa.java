package io.opsflow.bench.commands;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.bench.server.Databases;
import io.opsflow.commandside.catalog.Catalog;
import io.opsflow.commandside.task.Task;
import io.opsflow.web.file.FileLinks;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.common.jpa.EntityManagerProvider;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/**
 * The service's own aggregate on Axon's stock store, as Axon's guide sets it up: JPA on Hibernate, a transaction a
 * command, Jackson. In its favour: the catalog is a constant, nobody relays the events, there are no hashes, and there
 * is a connection for every caller.
 */
final class StockJpa implements Way {

    /** With fewer it stands: who takes numbers from the sequence for all waits for a connection of those who wait. */
    private static final int POOL = Crew.SIZE + 1;

    /** Fails nobody who waits long for a connection on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HikariDataSource pool;
    private final EntityManagerFactory entityManagers;
    private final Configuration axon;

    StockJpa(Databases databases, String database) {
        pool = pool(databases, database);
        entityManagers = entityManagers(pool);
        EntityManager shared = SharedEntityManagerCreator.createSharedEntityManager(entityManagers);
        JpaTransactionManager transactions = new JpaTransactionManager(entityManagers);
        axon = configure(new SimpleEntityManagerProvider(shared), new SpringTransactionManager(transactions));
        axon.start();
    }

    private static HikariDataSource pool(Databases databases, String database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(databases.create(database));
        config.setUsername(databases.user());
        config.setPassword(databases.password());
        config.setMaximumPoolSize(POOL);
        config.setAutoCommit(false); // as Hibernate is told, which then has one round trip less
        config.setConnectionTimeout(PATIENCE.toMillis());
        return new HikariDataSource(config);
    }

    private static EntityManagerFactory entityManagers(HikariDataSource pool) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(pool);
        factory.setPersistenceUnitName("stock");
        factory.setPackagesToScan("org.axonframework.eventhandling", "org.axonframework.eventsourcing.eventstore.jpa");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of(
                "hibernate.hbm2ddl.auto", "create", "hibernate.connection.provider_disables_autocommit", "true"));
        factory.afterPropertiesSet();
        return Objects.requireNonNull(factory.getObject());
    }

    private static Configuration configure(EntityManagerProvider entityManager, TransactionManager transactions) {
        Serializer serializer = Jackson3Serializer.builder().build();
        Catalog catalog = new ConstantCatalog();
        FileLinks links = new FileLinks("/files/{domain_id}/{file_id}");
        return DefaultConfigurer.jpaConfiguration(entityManager, transactions)
                .configureSerializer(axon -> serializer)
                .configureEmbeddedEventStore(axon -> JpaEventStorageEngine.builder()
                        .entityManagerProvider(entityManager)
                        .transactionManager(transactions)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .build())
                .configureCorrelationDataProviders(axon -> List.of(
                        new SimpleCorrelationDataProvider("actor", "actor_kind", "request_id", "correlation_id")))
                .registerComponent(Catalog.class, axon -> catalog)
                .registerComponent(Clock.class, axon -> Clock.systemUTC())
                .registerComponent(FileLinks.class, axon -> links)
                .configureAggregate(Task.class)
                .buildConfiguration();
    }

    private record ConstantCatalog() implements Catalog {

        @Override
        public Optional<Type> type(String taskTypeId) {
            return Optional.of(new Type(taskTypeId, Sample.DOMAIN, Sample.CATEGORY, true, List.of()));
        }

        @Override
        public Optional<Category> category(String categoryId) {
            return Optional.of(new Category(categoryId, Sample.DOMAIN, true, Sample.STATUSES, List.of()));
        }
    }

    @Override
    public Worker worker(int number) {
        return new GatewayWorker(axon.commandGateway(), Sample.caller(number));
    }

    @Override
    public void close() {
        axon.shutdown();
        entityManagers.close();
        pool.close();
    }
}
