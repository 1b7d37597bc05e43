package io.opsflow.commandside.taskref;

import static org.awaitility.Awaitility.await;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.DeleteTaskType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.UpdateTaskCategory;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.ChangeTaskStatus;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.commandside.CommandSide;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The words of the tests of rules that span tasks: a node on an empty store, with one category and one type. */
abstract class TaskRefTest {

    static final EmbeddedDatabase SERVER = EmbeddedDatabase.temporary();
    static final EmbeddedBroker BROKER = EmbeddedBroker.temporary();

    static final String CATEGORY = "category-000000000001";
    static final String TYPE = "task-type-000000000001";
    static final String TODO = "status-todo";
    static final String NEW = "status-new";
    static final String DOING = "status-doing";
    static final String DONE = "status-done";

    static final Caller ADMIN = new Caller(
            Role.DOMAIN_ADMIN, ActorKind.USER, "admin@example.com", "domain-1", "workspace-1", null, List.of());

    private final String url = CommandSide.emptyDatabase(SERVER);
    private final String topic = "events-" + UUID.randomUUID();

    /** Beside the node: what it reads is committed. */
    final JdbcClient sql =
            JdbcClient.create(new DriverManagerDataSource(inSchema(url), SERVER.user(), SERVER.password()));

    ConfigurableApplicationContext node = start();

    @BeforeEach
    void aCategoryWithAType() {
        send(category(CATEGORY));
        send(type(TYPE, CATEGORY));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    ConfigurableApplicationContext start() {
        return CommandSide.start(SERVER, url, BROKER.bootstrapServers(), "opsflow.kafka.topic=" + topic);
    }

    Object send(Object command) {
        return send(node, command);
    }

    static Object send(ConfigurableApplicationContext node, Object command) {
        return node.getBean(CommandGateway.class)
                .sendAndWait(
                        command,
                        MetaData.from(Map.of(
                                EventMetadata.CALLER, ADMIN,
                                EventMetadata.ACTOR, ADMIN.userId(),
                                EventMetadata.ACTOR_KIND, ADMIN.kind().name(),
                                EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                                EventMetadata.CORRELATION_ID, "correlation-1")));
    }

    static CreateTaskCategory category(String categoryId) {
        return new CreateTaskCategory(
                categoryId,
                "domain-1",
                "Incidents",
                options(TODO, NEW),
                "",
                List.of(),
                Json.mapper().createObjectNode(),
                "");
    }

    static CreateTaskType type(String typeId, String categoryId) {
        return new CreateTaskType(
                typeId,
                "Outage",
                categoryId,
                "",
                List.of(),
                List.of(),
                false,
                Json.mapper().createObjectNode());
    }

    static String id(int number) {
        return "task-%012x".formatted(number);
    }

    static CreateTask task(String taskId, String statusId) {
        return task(taskId, statusId, TYPE);
    }

    static CreateTask task(String taskId, String statusId, String typeId) {
        return new CreateTask(
                taskId,
                "domain-1",
                "workspace-1",
                "Disk full",
                statusId,
                "project-1",
                typeId,
                Priority.MEDIUM,
                "",
                List.of(),
                Mentions.NONE,
                "",
                Json.mapper().createObjectNode());
    }

    /** All at the same time, so that they share transactions: one after the other they would take seconds. */
    void createTasks(int many, String statusId) {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(IntStream.range(0, many)
                            .mapToObj(number ->
                                    CompletableFuture.runAsync(() -> send(task(id(number), statusId)), senders))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    static ChangeTaskStatus to(String taskId, String statusId) {
        return new ChangeTaskStatus(taskId, statusId, null);
    }

    /** The first of the TODO list is its default. */
    static UpdateTaskCategory statuses(boolean force, String... todo) {
        return new UpdateTaskCategory(CATEGORY, null, null, options(todo), force, null, null);
    }

    static DeleteTaskType deleteType() {
        return new DeleteTaskType(TYPE);
    }

    private static StatusOptions options(String... todo) {
        return new StatusOptions(
                Arrays.stream(todo).map(id -> option(id, id.equals(todo[0]))).toList(),
                List.of(option(DOING, true)),
                List.of(option(DONE, true)));
    }

    private static StatusOption option(String id, boolean isDefault) {
        return new StatusOption(id, id, "", isDefault);
    }

    /** Ids of the tasks that hold a status, as their events tell it. */
    List<String> holders(String statusId) {
        return holdersAt(Long.MAX_VALUE, statusId);
    }

    /** As it was at an index. */
    List<String> holdersAt(long index, String statusId) {
        return sql.sql("""
                        select aggregate_id from (
                            select distinct on (aggregate_id) aggregate_id, event_name,
                                   coalesce(payload -> 'status', payload -> 'after') ->> 'status_id' as status_id
                              from domain_event
                             where event_name in ('task.created', 'task.status_changed', 'task.deleted')
                               and global_index <= :index
                             order by aggregate_id, sequence desc) as last
                         where event_name <> 'task.deleted' and status_id = :statusId
                         order by aggregate_id
                        """)
                .param("index", index)
                .param("statusId", statusId)
                .query(String.class)
                .list();
    }

    /** Where the events of a name lie. */
    List<Long> indexes(String eventName) {
        return sql.sql("select global_index from domain_event where event_name = :name order by 1")
                .param("name", eventName)
                .query(Long.class)
                .list();
    }

    long count(String eventName) {
        return sql.sql("select count(*) from domain_event where event_name = :name")
                .param("name", eventName)
                .query(Long.class)
                .single();
    }

    void awaitTableAtHead() {
        PostgresEventStorageEngine store = node.getBean(PostgresEventStorageEngine.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sql.sql("select global_index from task_ref_position")
                                .query(Long.class)
                                .single()
                        >= store.head());
    }

    private static String inSchema(String url) {
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=event_store";
    }
}
