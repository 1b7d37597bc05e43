package io.opsflow.queryside.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.audit.EventInfo;
import io.opsflow.api.catalog.TaskCategoryInfo;
import io.opsflow.api.catalog.TaskTypeInfo;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.web.file.FileLinks;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The query language over the read model. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuerySettings.class)
public class QueryConfiguration {

    /** The qualifier of the DataSource that queries read from; it has {@link QuerySettings#connectionOptions}. */
    public static final String CONNECTIONS = "queries";

    private static final Duration MARGIN = Duration.ofSeconds(1);

    @Bean
    QueryEngine queryEngine(
            @Qualifier(CONNECTIONS) DataSource connections,
            QuerySettings settings,
            AnswerRoom room,
            Clock clock,
            MeterRegistry meters) {
        DSLContext dsl = DSL.using(connections, SQLDialect.POSTGRES);
        return new QueryEngine(
                new ReadOnlyDatabase(dsl, settings.timeLimit(), meters),
                // Meanwhile each query that is under way has ended: whoever is next has had its turn.
                new Turns(settings.poolSize(), settings.timeLimit().plus(MARGIN), meters),
                room,
                clock);
    }

    @Bean
    AnswerRoom answerRoom(MeterRegistry meters) {
        return AnswerRoom.ofHeap(meters);
    }

    @Bean
    Resource<TaskInfo> tasks(FileLinks files) {
        return TaskResource.of(files.downloadUrl());
    }

    @Bean
    Resource<EventInfo> events() {
        return EventResource.of();
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
