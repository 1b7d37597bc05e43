package io.opsflow.queryside.rest;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.queryside.fixture.EventStream;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.TaskEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;

/** The words that tests of subscriptions are written in. Each test takes a workspace of its own in a log that goes on. */
abstract class SubscriptionTest {

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
        return owner("kim@example.com");
    }

    String owner(String user) {
        return QuerySideServer.token(TaskEvents.DOMAIN, "WORKSPACE_OWNER")
                .workspace(workspace)
                .user(user)
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

    /** Sends them to the topic, and waits until they are in the log. */
    void happens(List<EventRecord> events) {
        server.topic().send(events);
        Long[] indexes = events.stream().map(EventRecord::globalIndex).toArray(Long[]::new);
        await().atMost(RunningQuerySide.PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> server.database()
                                .sql("select count(*) from event_log where global_index = any(?)")
                                .param(indexes)
                                .query(Integer.class)
                                .single()
                        == indexes.length);
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
