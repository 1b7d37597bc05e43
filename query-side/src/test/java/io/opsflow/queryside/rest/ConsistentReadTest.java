package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.QuerySideServer.token;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.TODO;
import static io.opsflow.queryside.fixture.TaskEvents.WORKSPACE;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.web.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistentReadTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Happenings HAPPENINGS = new Happenings();
    private static QuerySideServer server;

    private final String task = id(NUMBER.incrementAndGet());

    @BeforeAll
    static void start() {
        server = QuerySideServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aReadWaitsForTheChangeAndShowsIt() {
        var created = read(owner(), task + "@0");
        var renamed = read(owner(), "\"" + task + "@1\"");
        assertThat(created).isNotDone();

        server.topic().send(HAPPENINGS.one(taskCreated(task)));
        assertThat(created.join().json().get("name").stringValue()).isEqualTo("Disk is full");
        assertThat(renamed).isNotDone();

        server.topic().send(HAPPENINGS.one(taskRenamed(task, "two")));
        assertThat(renamed.join().json().get("name").stringValue()).isEqualTo("two");
    }

    @Test
    void soDoQueries() {
        String filter = "\"filter\": [{\"k\": \"task_id\", \"v\": \"%s\", \"o\": \"eq\"}]".formatted(task);
        String aggregate = ", \"aggregate\": [{\"count\": {\"name\": \"n\"}}]";
        var list = patiently(() -> server.postAsync(
                owner(), "task/list", "{\"query\": {" + filter + "}}", Answers.CONSISTENT_WITH, task + "@0"));
        var stat = patiently(() -> server.postAsync(
                owner(),
                "task/stat",
                "{\"query\": {" + filter + aggregate + "}}",
                Answers.CONSISTENT_WITH,
                task + "@0"));
        assertThat(list).isNotDone();
        assertThat(stat).isNotDone();

        server.topic().send(HAPPENINGS.one(taskCreated(task)));
        assertThat(list.join().json().get("total_count").intValue()).isEqualTo(1);
        assertThat(stat.join().json().at("/results/0/n").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "task/history  | {'task_id': '<id>'}                                            | /total_count",
                "task/get_at   | {'task_id': '<id>', 'version': 0}                              | /data/n",
                "task/list_at  | {'task_id': '<id>', 'at': '2025'}                              | /total_count",
                "task/stat_at  | {'query': {'filter': [<of>], 'aggregate': [<count>]}, 'at': '2025'} | /results/0/n",
                "event/list    | {'task_id': '<id>'}                                            | /total_count",
                "event/stat    | {'query': {'filter': [<of>], 'aggregate': [<count>]}}          | /results/0/n"
            })
    void soDoTheVerbsOfThePast(String verb, String request, String one) {
        String body = request.replace("<of>", "{'k': 'task_id', 'v': '<id>', 'o': 'eq'}")
                .replace("<count>", "{'count': {'name': 'n'}}")
                .replace("<id>", task)
                .replace('\'', '"');
        var read = patiently(() -> server.postAsync(owner(), verb, body, Answers.CONSISTENT_WITH, task + "@0"));
        assertThat(read).isNotDone();

        server.topic().send(HAPPENINGS.one(taskCreated(task, "{\"n\": 1}")));
        assertThat(read.join().json().at(one).intValue()).isEqualTo(1);
    }

    @Test
    void whatIsThereAlreadyIsNotWaitedFor() {
        server.topic().send(HAPPENINGS.one(taskCreated(task)), HAPPENINGS.one(taskRenamed(task, "two")));
        assertThat(read(owner(), task + "@1").join().status()).isEqualTo(200);

        Instant before = Instant.now();
        assertThat(read(owner(), task + "@0").join().status()).isEqualTo(200);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void aDeletedTaskHasAVersionToo() {
        server.topic().send(HAPPENINGS.one(taskCreated(task)));
        var deleted = read(owner(), task + "@1");
        server.topic().send(HAPPENINGS.one(new TaskDeleted(task, "Disk is full", TODO, NOON)));

        assertThat(deleted.join().code()).isEqualTo("ERROR_NOT_FOUND");
    }

    @Test
    void severalChangesAreWaitedForTogether() {
        String other = id(NUMBER.incrementAndGet());
        var both = patiently(() -> server.postAsync(
                owner(),
                "task/get",
                "{\"task_id\": \"" + other + "\"}",
                Answers.CONSISTENT_WITH,
                task + "@0",
                Answers.CONSISTENT_WITH,
                other + "@0"));
        server.topic().send(HAPPENINGS.one(taskCreated(task)));
        assertThat(read(owner(), task + "@0").join().status()).isEqualTo(200);
        assertThat(both).isNotDone();

        server.topic().send(HAPPENINGS.one(taskCreated(other)));
        assertThat(both.join().status()).isEqualTo(200);
    }

    @Test
    void whatDoesNotComeOrMayNotBeSeenIs503() {
        String elsewhere = id(NUMBER.incrementAndGet());
        server.topic().send(HAPPENINGS.one(taskCreated(task)));
        assertThat(read(owner(), task + "@0").join().status()).isEqualTo(200);
        Instant before = Instant.now();
        List<CompletableFuture<Answer>> hopeless = List.of(
                get(owner(), task + "@7"),
                get(owner(), elsewhere + "@0"),
                get(
                        token(DOMAIN, "WORKSPACE_OWNER")
                                .workspace("workspace-other")
                                .build(),
                        task + "@0"),
                get(
                        token(DOMAIN, "WORKSPACE_MEMBER")
                                .workspace(WORKSPACE)
                                .projects(List.of("project-other"))
                                .build(),
                        task + "@0"),
                server.postAsync(
                        owner(),
                        "task-category/list",
                        "{}",
                        Answers.CONSISTENT_WITH,
                        "category-ffffffffffff@0, task-type-ffffffffffff@0"));

        hopeless.forEach(read -> {
            assertThat(read.join().status()).isEqualTo(503);
            assertThat(read.join().code()).isEqualTo("ERROR_UNAVAILABLE");
            assertThat(read.join().response().headers().firstValue("Retry-After"))
                    .isPresent();
        });
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
        assertThat(server.bean(MeterRegistry.class)
                        .get("opsflow.consistency.wait")
                        .tag("outcome", "given_up")
                        .timer()
                        .count())
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void theHeaderIsLookedAtAfterRightsAndBody() {
        String reader = token(DOMAIN, "WORKSPACE_OWNER")
                .workspace(WORKSPACE)
                .permissions(List.of("opsflow:TaskType"))
                .build();
        assertThat(server.post(reader, "task/get", "{}", Answers.CONSISTENT_WITH, "nonsense")
                        .code())
                .isEqualTo("ERROR_PERMISSION_DENIED");
        assertThat(server.post(owner(), "task/get", "{}", Answers.CONSISTENT_WITH, "nonsense")
                        .code())
                .isEqualTo("ERROR_REQUIRED_PARAMETER");
        for (String verb : List.of("task/list", "task-category/list", "task-type/list")) {
            Answer refused = server.post(owner(), verb, "{}", Answers.CONSISTENT_WITH, "nonsense");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message()).contains("key = Opsflow-Consistent-With");
        }
    }

    @Test
    void whileTheDatabaseIsAwayItWaitsAndThenGivesUp() {
        String known = id(NUMBER.incrementAndGet());
        server.topic().send(HAPPENINGS.one(taskCreated(known)));
        assertThat(read(owner(), known + "@0").join().status()).isEqualTo(200);
        Servers.DATABASE.pause();
        try {
            assertThat(get(owner(), known + "@0").join().status()).isEqualTo(503);
        } finally {
            Servers.DATABASE.restart();
        }
        assertThat(read(owner(), known + "@0").join().status()).isEqualTo(200);
    }

    /** Asks again where the change took longer than the limit, on a busy machine. */
    private static CompletableFuture<Answer> patiently(Supplier<CompletableFuture<Answer>> read) {
        return read.get()
                .thenCompose(
                        answer -> answer.status() == 503 ? patiently(read) : CompletableFuture.completedFuture(answer));
    }

    private static CompletableFuture<Answer> read(String token, String consistentWith) {
        return patiently(() -> get(token, consistentWith));
    }

    /** Reads the task that is named first. */
    private static CompletableFuture<Answer> get(String token, String consistentWith) {
        String taskId = consistentWith.replace("\"", "").replaceAll("@.*", "");
        return server.postAsync(
                token, "task/get", "{\"task_id\": \"" + taskId + "\"}", Answers.CONSISTENT_WITH, consistentWith);
    }
}
