package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.Happenings.altered;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.kafka.CloudEventSerializer;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ParkEventsTest {

    private static final String A = id(1);
    private static final String B = id(2);

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(1);
    private final RunningQuerySide querySide = RunningQuerySide.on(topic);

    @AfterEach
    void close() {
        querySide.close();
        topic.close();
    }

    @Test
    void aGapParksTheTaskAndEverythingElseGoesOn() {
        topic.send(happenings.one(taskCreated(A)));
        happenings.one(taskRenamed(A, "missing"));
        topic.send(happenings.one(taskRenamed(A, "behind the gap")));
        topic.send(happenings.one(taskCreated(B)));
        topic.send(happenings.one(taskRenamed(A, "later")));
        querySide.awaitOffset(4);

        assertThat(querySide.task(A).info().name()).isEqualTo("Disk is full");
        assertThat(querySide.task(B).version()).isZero();
        assertThat(parkedSequences(A)).containsExactly(2L, 3L);
        assertThat(reasons(A))
                .containsExactly("event 2 does not follow event 0", "an earlier event of the same aggregate is parked");
    }

    @Test
    void parkedEventsStayParkedInLaterBatches() {
        happenings.one(taskCreated(A));
        topic.send(happenings.one(taskRenamed(A, "one")));
        querySide.awaitOffset(1);
        topic.send(happenings.one(taskRenamed(A, "two")));
        querySide.awaitOffset(2);

        assertThat(parkedSequences(A)).containsExactly(1L, 2L);
    }

    @Test
    void whatCannotBeReadIsParkedAloneUnderItsKey() {
        topic.send(happenings.one(taskCreated(A)));
        topic.sendNonsense(A);
        topic.send(happenings.one(taskRenamed(A, "after nonsense")), happenings.one(taskCreated(B)));
        querySide.awaitOffset(4);

        assertThat(querySide.task(A).info().name()).isEqualTo("after nonsense");
        assertThat(querySide.task(B).version()).isZero();
        assertThat(reasons(A).getFirst()).startsWith("not a readable event: ");
        assertThat(parkedSequences(A)).containsOnlyNulls().hasSize(1);
    }

    @Test
    void anEventOfANewerVersionIsParked() {
        topic.send(
                happenings.one(taskCreated(A)),
                altered(happenings.one(taskRenamed(A, "x")), "task.teleported", "{}"),
                happenings.one(taskCreated(B)));
        querySide.awaitOffset(3);

        assertThat(reasons(A)).containsExactly("this version knows no event task.teleported of revision 1");
        assertThat(querySide.find(B)).isPresent();
    }

    @Test
    void ofARequestWithOneBadEventNothingIsSeen() {
        List<EventRecord> request = happenings.request(taskCreated(A), taskRenamed(A, "x"));
        topic.send(request.getFirst(), altered(request.getLast(), "task.renamed", "{\"task_id\": 5, \"name\": {}}"));
        topic.send(happenings.one(taskCreated(B)));
        querySide.awaitOffset(3);

        assertThat(querySide.find(A)).isEmpty();
        assertThat(parkedSequences(A)).containsExactly(0L, 1L);
        assertThat(querySide.find(B)).isPresent();
    }

    @Test
    void whatOnlyTheDatabaseRefusesIsParkedToo() {
        EventRecord renamed =
                happenings.request(taskCreated(A), taskRenamed(A, "x")).getLast();
        EventRecord nul = altered(renamed, "task.renamed", renamed.payload().replace("\"x\"", "\"\\u0000\""));
        EventRecord created = happenings.one(taskCreated(B));
        EventRecord unnamed =
                altered(created, "task.created", created.payload().replaceFirst("\"name\":\"[^\"]*\",", ""));
        topic.send(new Happenings().one(taskCreated(A)), nul, unnamed, happenings.one(taskCreated(id(3))));
        querySide.awaitOffset(4);

        assertThat(querySide.task(A).version()).isZero();
        assertThat(parkedSequences(A)).containsExactly(1L);
        assertThat(reasons(A))
                .containsExactly("the database refuses it: invalid byte sequence for encoding \"UTF8\": 0x00");
        assertThat(parkedSequences(B)).containsExactly(0L);
        assertThat(reasons(B))
                .containsExactly("the database refuses it: null value in column \"name\" of relation \"task\""
                        + " violates not-null constraint");
        assertThat(querySide.find(id(3))).isPresent();
    }

    /** Such an event can be read, and its task's row made: it fails on what is left of the change for auditors. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.renamed        | {'name': 'x'}",
                "task.status_changed | {'after': {'id': 's', 'name': 'S', 'type': 'TODO'}, 'at': '2024-12-05T12:00:00.000Z'}",
                "task.mentioned      | {'mentions': {'USER': ['u']}, 'at': '2024-12-05T12:00:00.000Z'}",
                "task.files_changed  | {'at': '2024-12-05T12:00:00.000Z'}"
            })
    void whatTheAuditOrThePastCannotTellIsParkedToo(String name, String rest) {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord event = happenings.one(taskRenamed(A, "x"));
        topic.send(altered(
                event,
                name,
                "{\"task_id\": \"%s\", %s".formatted(A, rest.substring(1).replace('\'', '"'))));
        topic.send(happenings.one(taskCreated(B)));
        querySide.awaitOffset(3);

        assertThat(parkedSequences(A)).containsExactly(1L);
        assertThat(reasons(A)).singleElement().asString().startsWith("it cannot be applied: NullPointerException at ");
        assertThat(querySide.task(A).version()).isZero();
        assertThat(querySide.find(B)).isPresent();
        assertThat(count("audit_event")).isEqualTo(2);
        assertThat(count("task_past")).isZero();
    }

    private int count(String table) {
        return querySide
                .database()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    /** No index takes it whole, not even of what is parked. */
    @Test
    void whateverTheLengthOfAKeyItIsParked() {
        String key = new Random(1)
                .ints(3_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        topic.sendNonsense(key);
        topic.send(happenings.one(taskCreated(B)));
        querySide.awaitOffset(2);

        assertThat(querySide.find(B)).isPresent();
        assertThat(reasons(key.substring(0, 255))).singleElement().asString().startsWith("not a readable event: ");
        assertThat(querySide.bean(FeedDesk.class).retry(key.substring(0, 255))).isTrue();
        assertThat(reasons(key.substring(0, 255))).hasSize(1);
    }

    @Test
    void whatStaysParkedKeepsItsAge() {
        happenings.one(taskCreated(A));
        topic.send(happenings.one(taskRenamed(A, "one")));
        querySide.awaitOffset(1);
        querySide
                .database()
                .sql("update parked_event set parked_at = '2024-12-06T00:00:00Z'")
                .update();

        assertThat(querySide.bean(FeedDesk.class).retry(A)).isTrue();
        querySide.stop();
        querySide.start();
        topic.send(happenings.one(taskCreated(B)));
        querySide.awaitOffset(2);

        assertThat(querySide
                        .database()
                        .sql("select parked_at from parked_event")
                        .query(Instant.class)
                        .list())
                .containsExactly(Instant.parse("2024-12-06T00:00:00Z"));
    }

    /** Of many names a sentence tells some; the others would be in the way of whoever asks for what an audit event holds. */
    @Test
    void soIsWhatOnlyTheAuditWouldHold() {
        List<String> users = IntStream.range(0, 30).mapToObj(i -> "user-" + i).toList();
        EventRecord mentioned = happenings
                .request(taskCreated(A), new TaskMentioned(A, new Mentions(users, List.of()), NOON))
                .getLast();
        topic.send(new Happenings().one(taskCreated(A)));
        topic.send(altered(mentioned, mentioned.name(), mentioned.payload().replace("user-29", "\\u0000")));
        querySide.awaitOffset(2);

        assertThat(querySide.task(A).version()).isZero();
        assertThat(parkedSequences(A)).containsExactly(1L);
        assertThat(reasons(A)).containsExactly("the database refuses it: unsupported Unicode escape sequence");
    }

    @Test
    void whatTheDatabaseRefusesIsNotInTheLog(CapturedOutput output) {
        EventRecord renamed =
                happenings.request(taskCreated(A), taskRenamed(A, "x")).getLast();
        topic.send(new Happenings().one(taskCreated(A)));
        topic.send(altered(renamed, "task.renamed", renamed.payload().replace("\"x\"", "\"confidential\\u0000\"")));
        querySide.awaitOffset(2);

        assertThat(output).contains("parked the events of " + A).doesNotContain("confidential");
    }

    @Test
    void whatCannotBeReadIsNotInTheLogEither(CapturedOutput output) {
        List<String> payloads = List.of(
                "{\"task_id\": \"%s\", \"name\": {\"confidential\": true}}".formatted(A),
                "{\"task_id\": \"confidential\", \"name\": \"x\"}",
                "{\"task_id\": \"%s\", \"at\": \"confidential\"}".formatted(A),
                "confidential",
                "{\"confidential\": ");
        for (int i = 0; i < payloads.size(); i++) {
            topic.send(altered(happenings.one(taskCreated(id(10 + i))), "task.renamed", payloads.get(i)));
        }
        querySide.awaitOffset(payloads.size());

        for (int i = 0; i < payloads.size(); i++) {
            assertThat(reasons(id(10 + i)))
                    .singleElement()
                    .asString()
                    .isNotEmpty()
                    .doesNotContain("confidential");
            assertThat(output).contains("parked the events of " + id(10 + i));
        }
        assertThat(output).doesNotContain("confidential");
    }

    @Test
    void parkedEventsAreSeenInHealthAndMetricsButDoNotEndReadiness() {
        topic.sendNonsense(A);
        querySide.awaitOffset(1);

        await().atMost(RunningQuerySide.PATIENCE).until(() -> gauge("opsflow.feed.parked") == 1);
        querySide
                .database()
                .sql("update parked_event set parked_at = parked_at - interval '1 hour'")
                .update();
        await().atMost(RunningQuerySide.PATIENCE).until(() -> gauge("opsflow.feed.parked.age") >= 3600);
        assertThat(querySide.bean(FeedStatus.class).health().getStatus()).isEqualTo(new Status("DEGRADED"));
        HealthEndpoint health = querySide.bean(HealthEndpoint.class);
        assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.UP);
        assertThat(health.healthForPath("liveness").getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getStatus()).isEqualTo(new Status("DEGRADED"));
    }

    private double gauge(String name) {
        return querySide.bean(MeterRegistry.class).get(name).gauge().value();
    }

    @Test
    void aMissingEventThatComesLateIsFollowedByWhatWasParked() {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord late = happenings.one(taskRenamed(A, "one"));
        topic.send(happenings.one(taskRenamed(A, "two")));
        querySide.awaitOffset(2);
        topic.send(happenings.one(taskRenamed(A, "three")));
        querySide.awaitOffset(3);
        assertThat(parkedSequences(A)).containsExactly(2L, 3L);

        topic.send(late);

        assertThat(querySide.awaitTask(A, 3).name()).isEqualTo("three");
        assertThat(querySide.parked()).isZero();
        topic.send(happenings.one(taskRenamed(A, "four")));
        assertThat(querySide.awaitTask(A, 4).name()).isEqualTo("four");
    }

    @Test
    void aLongBacklogIsAppliedInPortionsThatEndWhereRequestsEnd() {
        FeedTransactions readModel = querySide.bean(FeedTransactions.class);
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        topic.send(happenings.one(taskCreated(A)));
        happenings.one(taskRenamed(A, "missing"));
        topic.send(IntStream.range(0, 500)
                .mapToObj(i ->
                        happenings.request(taskRenamed(A, "a" + i), taskRenamed(A, "b" + i), taskRenamed(A, "c" + i)))
                .flatMap(List::stream)
                .toList());
        querySide.awaitOffset(1_501);
        assertThat(querySide.parked()).isEqualTo(1_500);
        assertThat(readModel.mayGoOn(partition)).isEmpty();

        querySide.database().sql("update task set version = 1").update(); // as if what is missing had come
        assertThat(readModel.mayGoOn(partition)).containsExactly(A);
        assertThat(readModel.resume(A).hasMore()).isTrue();
        assertThat(querySide.task(A).version()).isEqualTo(1_000);
        assertThat(querySide.task(A).info().name()).isEqualTo("c332");
        assertThat(querySide.parked()).isEqualTo(501);
        assertThat(readModel.resume(A).hasMore()).isTrue();
        assertThat(querySide.task(A).info().name()).isEqualTo("c499");
        assertThat(querySide.parked()).isZero();
        assertThat(readModel.resume(A).hasMore()).isFalse();
    }

    @Test
    void aLongBacklogIsAppliedUpToWhatTheDatabaseRefuses() {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord late = happenings.one(taskRenamed(A, "late"));
        List<EventRecord> backlog = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            backlog.add(happenings.one(taskRenamed(A, "name " + i)));
        }
        EventRecord refused = happenings.one(taskRenamed(A, "x"));
        backlog.add(altered(refused, refused.name(), refused.payload().replace("\"x\"", "\"\\u0000\"")));
        backlog.add(happenings.one(taskRenamed(A, "behind")));
        topic.send(backlog);
        querySide.awaitOffset(1_237);

        topic.send(late, happenings.one(taskCreated(B)));

        assertThat(querySide.awaitTask(A, 1_235).name()).isEqualTo("name 1233");
        assertThat(querySide.find(B)).isPresent();
        await().until(() -> querySide.parked() == 2);
        assertThat(parkedSequences(A)).containsExactly(1_236L, 1_237L);
    }

    @Test
    void whatComesTogetherInTheWrongOrderIsAppliedInTheRightOne() {
        topic.send(happenings.one(taskCreated(A)));
        querySide.awaitTask(A, 0);
        EventRecord one = happenings.one(taskRenamed(A, "one"));
        EventRecord two = happenings.one(taskRenamed(A, "two"));
        topic.send(two, one);

        assertThat(querySide.awaitTask(A, 2).name()).isEqualTo("two");
        assertThat(querySide.parked()).isZero();
    }

    @Test
    void aRestartTriesParkedEventsAgain() {
        topic.send(happenings.one(taskCreated(A)));
        happenings.one(taskRenamed(A, "missing"));
        topic.send(happenings.one(taskRenamed(A, "two")));
        topic.sendNonsense(B);
        querySide.awaitOffset(3);
        assertThat(querySide.parked()).isEqualTo(2);
        // as a version would have left it that can apply what this one could not
        querySide.database().sql("update task set version = 1").update();

        querySide.stop();
        querySide.start();

        assertThat(querySide.awaitTask(A, 2).name()).isEqualTo("two");
        assertThat(querySide.parked()).isEqualTo(1);
    }

    @Test
    void whatCanBeReadWhenItIsTriedAgainComesIntoTheLogToo() {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord unread = happenings.one(taskRenamed(A, "one"));
        topic.sendNonsense(A);
        topic.send(happenings.one(taskCreated(B)));
        querySide.awaitOffset(3);
        assertThat(logged()).containsExactly(1L, 3L);
        becomesReadable(unread);

        assertThat(querySide.bean(FeedDesk.class).retry(A)).isTrue();

        assertThat(querySide.task(A).info().name()).isEqualTo("one");
        assertThat(querySide.parked()).isZero();
        assertThat(logged()).containsExactly(1L, 2L, 3L);
    }

    /** Nothing that this version knows of: the rest goes on all the same. */
    @Test
    void whatTheLogRefusesWhenItIsReadAgainStaysParked() {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord unread = happenings.one(taskRenamed(A, "one"));
        topic.sendNonsense(A);
        querySide.awaitOffset(2);
        becomesReadable(unread);
        querySide
                .database()
                .sql("alter table event_log add check (global_index <> 2)")
                .update();

        assertThat(querySide.bean(FeedDesk.class).retry(A)).isTrue();

        assertThat(querySide.task(A).version()).isZero();
        assertThat(querySide.parked()).isOne();
        topic.send(happenings.one(taskCreated(B)));
        assertThat(querySide.awaitTask(B, 0).name()).isEqualTo("Disk is full");
    }

    @Test
    void soDoesWhatAMissingEventTakesAlong() {
        topic.send(happenings.one(taskCreated(A)));
        EventRecord late = happenings.one(taskRenamed(A, "one"));
        EventRecord unread = happenings.one(taskRenamed(A, "two"));
        topic.sendNonsense(A);
        topic.send(happenings.one(taskRenamed(A, "three")));
        querySide.awaitOffset(3);
        assertThat(logged()).containsExactly(1L, 4L);
        becomesReadable(unread);

        topic.send(late);

        assertThat(querySide.awaitTask(A, 3).name()).isEqualTo("three");
        assertThat(querySide.parked()).isZero();
        assertThat(logged()).containsExactly(1L, 2L, 3L, 4L);
    }

    private List<Long> logged() {
        return querySide
                .database()
                .sql("select global_index from event_log order by 1")
                .query(Long.class)
                .list();
    }

    /** As it is to a version that reads what this one could not. */
    private void becomesReadable(EventRecord event) {
        Map<String, String> headers = new LinkedHashMap<>();
        byte[] value;
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            RecordHeaders written = new RecordHeaders();
            value = serializer.serialize(topic.name(), written, event.toCloudEvent());
            written.forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        }
        querySide
                .database()
                .sql("update parked_event set headers = cast(? as json), value = ? where sequence is null")
                .params(Json.write(headers), value)
                .update();
    }

    private List<Long> parkedSequences(String aggregateId) {
        return querySide
                .database()
                .sql("select sequence from parked_event where aggregate_id = ? order by record_offset")
                .param(aggregateId)
                .query((row, number) -> (Long) row.getObject("sequence"))
                .list();
    }

    private List<String> reasons(String aggregateId) {
        return querySide
                .database()
                .sql("select reason from parked_event where aggregate_id = ? order by record_offset")
                .param(aggregateId)
                .query(String.class)
                .list();
    }
}
