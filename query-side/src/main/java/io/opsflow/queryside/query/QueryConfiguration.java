package io.opsflow.queryside.query;

import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.task.TaskInfo;
import java.time.Clock;
import org.jooq.DSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/** The query language over the read model. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
public class QueryConfiguration {

    private static final String FILE_URLS = "/files/{domain_id}/{file_id}";

    @Bean
    QueryEngine queryEngine(
            DSLContext dsl, PlatformTransactionManager transactions, QuerySettings settings, Clock clock) {
        return new QueryEngine(new ReadOnlyDatabase(dsl, transactions, settings.timeLimit()), clock);
    }

    @Bean
    Resource<TaskInfo> tasks(Environment environment) {
        return TaskResource.of(environment.getProperty("opsflow.files.download-url", FILE_URLS));
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
