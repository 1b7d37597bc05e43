package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.embedded.TokenBuilder;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.web.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * The words that tests of the past are written in: things happen to tasks of the test's own workspace, one request
 * after the other, and the verbs are asked over HTTP. JSON is written with single quotes here.
 */
abstract class PastTest {

    static final TaskStatus TODO = new TaskStatus("status-000000000001", "To Do", StatusType.TODO);
    static final TaskStatus DOING = new TaskStatus("status-000000000002", "In Progress", StatusType.IN_PROGRESS);
    static final TaskStatus DONE = new TaskStatus("status-000000000003", "Done", StatusType.COMPLETED);

    static final Instant EIGHT = Instant.parse("2024-12-05T08:00:00.000Z");
    static final Instant NINE = Instant.parse("2024-12-05T09:00:00.000Z");
    static final Instant TEN = Instant.parse("2024-12-05T10:00:00.000Z");
    static final Instant ELEVEN = Instant.parse("2024-12-05T11:00:00.000Z");

    private static final Happenings HAPPENINGS = new Happenings();
    private static final AtomicInteger NUMBER = new AtomicInteger(0x5000);

    private static final QuerySideServer QUERY_SIDE = start();

    private static final String ADMIN =
            QuerySideServer.token(DOMAIN, "DOMAIN_ADMIN").build();

    private static final String COUNT = "{'query': {'count_only': true}}";

    final String workspace = Servers.unique("workspace-");
    final String owner = token(DOMAIN, "WORKSPACE_OWNER", workspace).build();

    /** What came back, as it came. */
    record Answer(int status, String body, String etag) {

        JsonNode json() {
            return Json.mapper().readTree(body);
        }
    }

    /** One for all tests of the past. */
    private static QuerySideServer start() {
        QuerySideServer querySide = QuerySideServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(querySide::close));
        return querySide;
    }

    static String newTask() {
        return TaskEvents.id(NUMBER.incrementAndGet());
    }

    TaskCreated created(String taskId, String name, String project, String data, Instant at) {
        return new TaskCreated(
                taskId,
                name,
                TODO,
                Priority.MEDIUM,
                "",
                List.of(),
                Mentions.NONE,
                "",
                object(data),
                "kim@example.com",
                DOMAIN,
                workspace,
                project,
                TaskEvents.CATEGORY,
                TaskEvents.TYPE,
                null,
                null,
                at);
    }

    TaskCreated created(String taskId, Instant at) {
        return created(taskId, "Disk is full", "project-1", "{}", at);
    }

    /** All of this happens in one request, and can be read when this returns. */
    List<EventRecord> happens(String actor, TaskEvent... events) {
        List<EventRecord> request = HAPPENINGS.requestOf(actor, "USER", events);
        QUERY_SIDE.topic().send(request);
        String last = events[0].taskId() + "@" + request.getLast().sequence();
        await().atMost(RunningQuerySide.PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> post(ADMIN, "task/list", COUNT, Answers.CONSISTENT_WITH, last)
                                .status()
                        == 200);
        return request;
    }

    List<EventRecord> happens(TaskEvent... events) {
        return happens("kim@example.com", events);
    }

    /** @param headers names and values in turn */
    static Answer post(String token, String verb, String request, String... headers) {
        var answer = QUERY_SIDE.post(token, verb, request.replace('\'', '"'), headers);
        return new Answer(
                answer.status(),
                answer.response().body(),
                answer.response().headers().firstValue("ETag").orElse(""));
    }

    static Answer task(String token, String verb, String request) {
        return post(token, "task/" + verb, request);
    }

    Answer task(String verb, String request) {
        return task(owner, verb, request);
    }

    static TokenBuilder token(String domain, String role, String workspace) {
        return QuerySideServer.token(domain, role).workspace(workspace);
    }

    String member(String... projects) {
        return token(DOMAIN, "WORKSPACE_MEMBER", workspace)
                .projects(List.of(projects))
                .build();
    }

    static void refused(Answer answer, int status, String code, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().at("/detail/code").asString()).isEqualTo(code);
        assertThat(answer.json().at("/detail/message").asString()).isEqualTo(message);
    }

    static void invalid(Answer answer, String key, String reason) {
        refused(
                answer,
                400,
                "ERROR_INVALID_PARAMETER",
                "Parameter is invalid. (key = %s, reason = %s)".formatted(key, reason));
    }

    static void required(Answer answer, String key) {
        refused(answer, 400, "ERROR_REQUIRED_PARAMETER", "Required parameter. (key = %s)".formatted(key));
    }

    static void notFound(Answer answer, String taskId) {
        refused(
                answer,
                404,
                "ERROR_NOT_FOUND",
                "Resource cannot be found or access is denied. (task_id = %s)".formatted(taskId));
    }
}
