package io.opsflow.bench.queries;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.commandside.CommandSideConfiguration;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.queryside.QuerySideConfiguration;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.query.QueryEngine;
import io.opsflow.queryside.query.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.ResolvableType;

/** The query side as it is deployed, on servers of its own, without its HTTP face. */
final class QuerySide implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final EmbeddedDatabase database;
    private final EmbeddedBroker broker;
    private final ConfigurableApplicationContext context;
    private final QueryEngine queries;
    private final Resource<TaskInfo> tasks;

    @EnableAutoConfiguration
    @Import({CommandSideConfiguration.class, QuerySideConfiguration.class})
    static class BothSides {}

    private QuerySide() {
        database = EmbeddedDatabase.temporary();
        broker = EmbeddedBroker.temporary();
        context = new SpringApplicationBuilder(BothSides.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "opsflow.read-model.url", database.createDatabase("read_model"),
                        "opsflow.read-model.user", database.user(),
                        "opsflow.read-model.password", database.password(),
                        "opsflow.event-store.url", database.createDatabase("event_store"),
                        "opsflow.event-store.user", database.user(),
                        "opsflow.event-store.password", database.password(),
                        "opsflow.kafka.bootstrap", broker.bootstrapServers()))
                .run();
        queries = context.getBean(QueryEngine.class);
        tasks = context.<Resource<TaskInfo>>getBeanProvider(
                        ResolvableType.forClassWithGenerics(Resource.class, TaskInfo.class))
                .getObject();
        awaitReadModel(context.getBean(Generations.class));
    }

    /** Else its builder makes the indexes beside the loader. */
    private static void awaitReadModel(Generations readModel) {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!readModel.isLive()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the read model is not read within " + LONGEST_START);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    static QuerySide start() {
        return new QuerySide();
    }

    /** A list as the HTTP face would ask for it: the request's text is read, too. */
    ListAnswer<TaskInfo> list(Caller caller, String request) {
        return queries.list(tasks, caller, Query.of(members(request), QuerySchema.TASK));
    }

    StatAnswer stat(Caller caller, String request) {
        return queries.stat(tasks, caller, StatisticsQuery.of(members(request), QuerySchema.TASK));
    }

    static Caller owner(String workspace) {
        return new Caller(
                Role.WORKSPACE_OWNER, ActorKind.USER, "kim@example.com", Dataset.DOMAIN, workspace, null, List.of());
    }

    DataSource readModel() {
        return context.getBean(DataSource.class);
    }

    private static Members members(String request) {
        return Members.of(Json.parse(request.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        context.close();
        broker.close();
        database.close();
    }
}
