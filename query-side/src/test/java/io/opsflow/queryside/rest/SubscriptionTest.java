package io.opsflow.queryside.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.queryside.fixture.EventStream;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.TaskEvents;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** The words that tests of subscriptions are written in. Each test takes a workspace of its own in a log that goes on. */
abstract class SubscriptionTest {

    private static final String LOG = """
            insert into event_log (global_index, event_id, event_name, revision, aggregate_type, aggregate_id, sequence,
                occurred_at, domain_id, workspace_id, project_id, actor, actor_kind, request_id, request_last, hash, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Map<QuerySideServer, Happenings> HAPPENINGS = new ConcurrentHashMap<>();

    final QuerySideServer server;
    final Happenings happenings;
    final String workspace = "workspace-%012x".formatted(NUMBER.incrementAndGet());
    final String task = newTask();
    private final long before;
    private final List<EventStream> opened = Collections.synchronizedList(new ArrayList<>());

    SubscriptionTest(QuerySideServer server) {
        this.server = server;
        this.happenings = HAPPENINGS.computeIfAbsent(server, first -> new Happenings());
        this.before = server.database()
                .sql("select coalesce(max(global_index), 0) from event_log")
                .query(Long.class)
                .single();
    }

    @AfterEach
    void leave() {
        opened.forEach(EventStream::close);
    }

    static String newTask() {
        return TaskEvents.id(NUMBER.incrementAndGet());
    }

    /** The index of the test's event of this number, from 1. */
    long at(int number) {
        return before + number;
    }

    /** Those of several of its events. */
    List<Long> at(int first, int last) {
        return LongStream.rangeClosed(at(first), at(last)).boxed().toList();
    }

    EventStream subscribe(String token, String query, String... headers) {
        EventStream stream = EventStream.open(server, token, query, headers);
        opened.add(stream);
        return stream;
    }

    /** Streams that the server serves. */
    double open() {
        return server.bean(MeterRegistry.class)
                .get("opsflow.subscription.open")
                .gauge()
                .value();
    }

    /** A token of an owner of the test's workspace. */
    String owner() {
        return QuerySideServer.token(TaskEvents.DOMAIN, "WORKSPACE_OWNER")
                .workspace(workspace)
                .build();
    }

    TaskCreated created() {
        return created(task, "{}");
    }

    TaskCreated created(String taskId, String data) {
        return createdIn(taskId, TaskEvents.DOMAIN, workspace, TaskEvents.PROJECT, data);
    }

    TaskRenamed renamed(String name) {
        return TaskEvents.taskRenamed(task, name);
    }

    void happens(EventRecord... events) {
        happens(List.of(events));
    }

    void happens(List<EventRecord> events) {
        new JdbcTemplate(server.bean(DataSource.class)).batchUpdate(LOG, events, 500, (statement, event) -> {
            Object[] values = {
                event.globalIndex(),
                event.eventId(),
                event.name(),
                event.revision(),
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.occurredAt().atOffset(ZoneOffset.UTC),
                event.domainId(),
                event.workspaceId(),
                event.projectId(),
                event.actor(),
                event.actorKind(),
                event.requestId(),
                event.requestLast(),
                event.hash(),
                event.payload()
            };
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        });
    }

    static TaskCreated createdIn(String taskId, String domain, String workspace, String project, String data) {
        TaskCreated created = TaskEvents.taskCreated(taskId, data);
        return new TaskCreated(
                taskId,
                created.name(),
                created.status(),
                created.priority(),
                created.description(),
                created.files(),
                created.mentions(),
                created.assignee(),
                created.data(),
                created.createdBy(),
                domain,
                workspace,
                project,
                created.categoryId(),
                created.taskTypeId(),
                created.startedAt(),
                created.completedAt(),
                created.at());
    }
}
