package io.opsflow.queryside.query;

import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.queryside.task.FileLinks;
import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The query language over the read model. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
public class QueryConfiguration {

    @Bean
    QueryEngine queryEngine(
            DSLContext dsl, PlatformTransactionManager transactions, QuerySettings settings, Clock clock) {
        return new QueryEngine(new ReadOnlyDatabase(dsl, transactions, settings.timeLimit()), clock);
    }

    @Bean
    Resource<TaskInfo> tasks(FileLinks files) {
        return TaskResource.of(files.downloadUrl());
    }

    @Bean
    Resource<TaskCategoryInfo> taskCategories() {
        return CatalogResources.categories();
    }

    @Bean
    Resource<TaskTypeInfo> taskTypes() {
        return CatalogResources.types();
    }
}
